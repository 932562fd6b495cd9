package io.kiroku.eventstore.node.log;

import java.util.List;

/// How many records a reader of the log takes at a time: many if they are small, so that old parts
/// are read in few questions; few if they are big, so that a page stays within a megabyte or so.
public final class PageSize {
  private static final int RECORDS_FIRST = 128;
  private static final int RECORDS_MAX = 2048;
  private static final long BYTES_MAX = 1 << 20;

  private int records = RECORDS_FIRST;

  public int records() {
    return records;
  }

  public void learn(List<LogRecord> page) {
    long bytes = page.stream().mapToLong(LogRecord::sizeBytes).sum();
    if (bytes > 0) {
      long fitting = BYTES_MAX * page.size() / bytes;
      records = (int) Math.clamp(fitting, 1, Math.min(RECORDS_MAX, records * 4));
    }
  }
}
