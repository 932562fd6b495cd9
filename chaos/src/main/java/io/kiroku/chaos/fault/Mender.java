package io.kiroku.chaos.fault;

import io.kiroku.chaos.Journal;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.PlatformException;
import io.kiroku.launcher.platform.Progress;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Starts again what was killed, and notices what ended without having been: nothing but a kill may
/// end a process of the platform. Thread-safe; one start at a time.
public final class Mender {
  private static final int ATTEMPTS = 3;

  private final Platform platform;
  private final Journal journal;
  private final Set<String> expected;
  private final Set<String> killed = ConcurrentHashMap.newKeySet();

  /// @param platform that runs whole
  public Mender(Platform platform, Journal journal) {
    this.platform = platform;
    this.journal = journal;
    this.expected = Set.copyOf(platform.alive());
  }

  void kill(String part) {
    killed.add(part);
    platform.kill(part);
  }

  /// Starts a part that is not there and waits until it serves.
  synchronized void start(String part) {
    long begin = System.nanoTime();
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      try {
        platform.start(part);
        double seconds = (System.nanoTime() - begin) / 1e9;
        journal.say("started    %s, ready after %.1f s".formatted(part, seconds));
        killed.remove(part);
        return;
      } catch (PlatformException failure) {
        String first = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
        journal.say(String.format(Locale.ROOT, "start %d of %s: %s", attempt, part, first));
      }
    }
    journal.finding(part + " did not start again");
  }

  /// Parts whose process ended although nobody killed it; they are started again.
  public void look() {
    Set<String> ended = new TreeSet<>(expected);
    ended.removeAll(killed);
    ended.removeAll(platform.alive());
    ended.removeAll(killed); // killed while we looked
    for (String part : ended) {
      journal.finding(part + " ended by itself");
      killed.add(part);
      start(part);
    }
  }

  /// Everything that is missing.
  public synchronized void startAll() {
    platform.start(Progress.SILENT);
    killed.clear();
  }
}
