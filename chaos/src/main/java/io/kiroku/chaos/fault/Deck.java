package io.kiroku.chaos.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/// Faults in a random order in which each comes once before any comes again; the same seed gives
/// the same order. For one thread.
public final class Deck {
  private static final int LENGTH_MILLIS_MIN = 2_000;
  private static final int LENGTH_MILLIS_MAX = 20_000;
  private static final int DEAD_MILLIS_MAX = 5_000;

  private final Random random;
  private final List<Supplier<Fault>> kinds;
  private final Deque<Supplier<Fault>> dealt = new ArrayDeque<>();

  private Deck(Random random, List<Supplier<Fault>> kinds) {
    this.random = random;
    this.kinds = kinds;
  }

  /// Kills of every part.
  public static Deck kills(long seed, List<String> parts) {
    var random = new Random(seed);
    List<Supplier<Fault>> kinds = new ArrayList<>();
    for (String part : parts) {
      kinds.add(() -> new Fault.Kill(part, between(random, 0, DEAD_MILLIS_MAX)));
    }
    return new Deck(random, kinds);
  }

  /// Pauses of every part, and both ways to cut each link.
  public static Deck pausesAndCuts(long seed, List<String> parts, List<Link> links) {
    var random = new Random(seed);
    List<Supplier<Fault>> kinds = new ArrayList<>();
    for (String part : parts) {
      kinds.add(() -> new Fault.Pause(part, length(random)));
    }
    for (Link link : links) {
      kinds.add(() -> new Fault.Refusal(link, length(random)));
      kinds.add(() -> new Fault.Silence(link, length(random)));
    }
    return new Deck(random, kinds);
  }

  public Fault next() {
    if (dealt.isEmpty()) {
      List<Supplier<Fault>> shuffled = new ArrayList<>(kinds);
      Collections.shuffle(shuffled, random);
      dealt.addAll(shuffled);
    }
    return dealt.pop().get();
  }

  /// How long to leave the platform alone before the next one.
  public Duration rest(Duration max) {
    return between(random, 0, Math.toIntExact(max.toMillis()));
  }

  private static Duration length(Random random) {
    return between(random, LENGTH_MILLIS_MIN, LENGTH_MILLIS_MAX);
  }

  private static Duration between(Random random, int millisMin, int millisMax) {
    return Duration.ofMillis(millisMin + random.nextInt(millisMax - millisMin + 1));
  }
}
