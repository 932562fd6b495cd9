package io.kiroku.command.logconsumer;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/// Into which of 64 parts of a consumer's work a key falls. Stored with the rows: it must never
/// give another number for the same key.
public final class Partition {
  public static final int COUNT = 64;

  private Partition() {}

  public static short of(String key) {
    CRC32C hash = new CRC32C();
    hash.update(key.getBytes(StandardCharsets.UTF_8));
    return (short) (hash.getValue() % COUNT);
  }
}
