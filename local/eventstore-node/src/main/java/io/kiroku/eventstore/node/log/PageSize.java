package io.kiroku.eventstore.node.log;

import java.util.List;

/// How many records a reader of the log takes at a time: many if they are small, so that old parts
/// are read in few questions; few if they are big, so that a page stays within a megabyte or so,
/// and no storage looks at records that it then leaves out.
public final class PageSize {
  private static final int RECORDS_FIRST = 128;
  private static final int RECORDS_MAX = 2048;
  private static final long BYTES_MAX = 1 << 20;

  private int records = RECORDS_FIRST;

  public int records() {
    return records;
  }

  public void learn(List<LogRecord> page) {
    if (page.isEmpty()) {
      return;
    }
    long bytes = page.stream().mapToLong(LogRecord::sizeBytes).sum();
    long payload = page.stream().mapToLong(record -> record.event().payloadBytes()).sum();
    long fitting = BYTES_MAX * page.size() / bytes;
    long atOnce = (long) LogStorage.PAGE_BYTES_MAX * page.size() / Math.max(1, payload);
    records = (int) Math.clamp(Math.min(fitting, atOnce), 1, Math.min(RECORDS_MAX, records * 4));
  }
}
