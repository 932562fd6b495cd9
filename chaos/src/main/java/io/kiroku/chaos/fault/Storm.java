package io.kiroku.chaos.fault;

import io.kiroku.chaos.Journal;
import io.kiroku.launcher.platform.Platform;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Two series of faults side by side, so that they meet: kills, and pauses and cuts.
public final class Storm {
  private static final Duration REST_AFTER_KILL_MAX = Duration.ofSeconds(8);
  private static final Duration REST_AFTER_CUT_MAX = Duration.ofSeconds(4);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Platform platform;
  private final Mender mender;
  private final Journal journal;
  private final Map<String, Map<String, Integer>> done = new TreeMap<>();

  public Storm(Platform platform, Mender mender, Journal journal) {
    this.platform = platform;
    this.mender = mender;
    this.journal = journal;
  }

  /// Returns when the time is over and the last fault of each series has ended.
  ///
  /// @param links that may be cut; empty if the platform has none
  public void blow(long seed, Duration length, List<Link> links) throws InterruptedException {
    List<String> parts = List.copyOf(platform.alive());
    long end = System.nanoTime() + length.toNanos();
    var over = new AtomicBoolean();
    Thread watch = Thread.ofVirtual().name("watch").start(() -> watch(over));
    Deck kills = Deck.kills(seed, parts);
    Deck cuts = Deck.pausesAndCuts(~seed, parts, links);
    Thread first = series("kills", kills, REST_AFTER_KILL_MAX, end);
    Thread second = series("pauses and cuts", cuts, REST_AFTER_CUT_MAX, end);
    first.join();
    second.join();
    over.set(true);
    watch.join();
  }

  /// How often what was done: by target, then by kind.
  public synchronized Map<String, Map<String, Integer>> done() {
    return new TreeMap<>(done);
  }

  private Thread series(String name, Deck deck, Duration restMax, long end) {
    return Thread.ofVirtual()
        .name(name)
        .start(() -> {
          try {
            sleep(deck.rest(restMax));
            while (System.nanoTime() < end) {
              strike(deck.next());
              sleep(deck.rest(restMax));
            }
          } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
          } catch (RuntimeException failure) {
            journal.finding(name + " ended early: " + failure);
          }
        });
  }

  private void strike(Fault fault) throws InterruptedException {
    journal.say(
        "%-10s %s for %.1f s"
            .formatted(fault.kind(), fault.target(), fault.length().toMillis() / 1e3));
    count(fault);
    switch (fault) {
      case Fault.Kill(var part, var length) -> {
        mender.kill(part);
        sleep(length);
        mender.start(part);
      }
      case Fault.Pause(var part, var length) -> {
        platform.suspend(part);
        try {
          sleep(length);
        } finally {
          platform.resume(part);
        }
      }
      case Fault.Refusal(var link, var length) -> cut(link, link::refuse, length);
      case Fault.Silence(var link, var length) -> cut(link, link::silence, length);
    }
  }

  private static void cut(Link link, Runnable how, Duration length) throws InterruptedException {
    how.run();
    try {
      sleep(length);
    } finally {
      link.heal();
    }
  }

  private synchronized void count(Fault fault) {
    done.computeIfAbsent(fault.target(), _ -> new TreeMap<>()).merge(fault.kind(), 1, Integer::sum);
  }

  private void watch(AtomicBoolean over) {
    try {
      while (!over.get()) {
        mender.look();
        sleep(LOOK_EVERY);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sleep(Duration length) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(length.toMillis());
  }
}
