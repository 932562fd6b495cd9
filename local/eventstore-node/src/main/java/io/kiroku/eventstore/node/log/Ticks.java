package io.kiroku.eventstore.node.log;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/// Time as EventStoreDB writes it: 100 ns ticks since 1970.
public final class Ticks {
  public static final long PER_SECOND = 10_000_000;
  static final int NANOS = 100;

  private Ticks() {}

  public static long now() {
    return of(Clock.systemUTC());
  }

  static long of(InstantSource clock) {
    Instant now = clock.instant();
    return now.getEpochSecond() * PER_SECOND + now.getNano() / NANOS;
  }
}
