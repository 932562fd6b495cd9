package io.kiroku.job.store;

import com.google.protobuf.Timestamp;
import java.time.Instant;

/// Milliseconds since the epoch, as Redis has them, and what Protobuf makes of them.
public final class Times {
  private Times() {}

  public static Timestamp timestamp(long epochMillis) {
    Instant instant = Instant.ofEpochMilli(epochMillis);
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  public static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }
}
