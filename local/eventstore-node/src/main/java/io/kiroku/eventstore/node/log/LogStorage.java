package io.kiroku.eventstore.node.log;

import java.util.Collection;
import java.util.List;

/// Where the records of one log are kept, for one writer at a time.
///
/// Reads may come from any thread and may block. They see every committed record, also one that the
/// writer has not made known yet: callers bound them by the end of the log. A page may end early if
/// its records are big, but it has one record if there is any.
public interface LogStorage extends AutoCloseable {
  /// Bytes of data and metadata after which a page may end.
  int PAGE_BYTES_MAX = 256 << 10;

  /// Becomes the only writer and returns the end of the log: the position the next record gets.
  /// Called again after [#append] failed, to come back.
  ///
  /// Fails with [StorageTaken] if another node writes here, with [StorageUnavailable] if the
  /// storage cannot be reached. Both are worth another try.
  long open();

  /// Makes all of the records durable, or none of them; they continue the log without a gap. When
  /// it fails with [StorageUnavailable] it is unknown which: [#open] tells.
  void append(List<LogRecord> records);

  /// Fails with [StorageUnavailable] if the writer's place is lost. Called now and then while idle.
  void check();

  /// Records from `position` on, in order.
  List<LogRecord> read(long position, int countMax);

  /// Records before `position`, the latest first.
  List<LogRecord> readBackwards(long position, int countMax);

  /// The records at these positions, in order.
  List<LogRecord> readAt(Collection<Long> positions);

  /// Records of the stream from `revision` on, in order.
  List<LogRecord> readStream(String stream, long revision, int countMax);

  /// Records of the stream at or before `revision`, the latest first.
  List<LogRecord> readStreamBackwards(String stream, long revision, int countMax);

  /// The last record of each of these streams; a stream without records is absent.
  List<LogRecord> lastOf(Collection<String> streams);

  /// The last record of every metadata stream (`$$…`).
  List<LogRecord> metadata();

  /// What system projections make of this log, kept with it.
  LinkStorage links();

  @Override
  void close();

  /// Another node holds this storage.
  final class StorageTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageTaken(String message) {
      super(message);
    }
  }

  /// The storage cannot be reached just now.
  final class StorageUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageUnavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
