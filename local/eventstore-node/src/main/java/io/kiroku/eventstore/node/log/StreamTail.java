package io.kiroku.eventstore.node.log;

import java.util.Arrays;

/// What is known of a stream: its last revision, and its latest records without a gap.
///
/// @param last revision of the last record, [Streams#NONE] if there is none
/// @param records the latest records, oldest first; all of them if the stream is short
@SuppressWarnings("ArrayRecordComponent") // never compared; a copy per append must be cheap
record StreamTail(long last, LogRecord[] records, int sizeBytes) {
  static final StreamTail EMPTY = new StreamTail(Streams.NONE, new LogRecord[0], 100);
  static final int RECORDS_MAX = 128;

  static StreamTail of(LogRecord... latest) {
    if (latest.length == 0) {
      return EMPTY;
    }
    int bytes = Arrays.stream(latest).mapToInt(LogRecord::sizeBytes).sum();
    return new StreamTail(latest[latest.length - 1].revision(), latest, EMPTY.sizeBytes + bytes);
  }

  /// First revision that is held; one after the last if none is.
  long first() {
    return tombstoned() ? Streams.TOMBSTONE : last - records.length + 1;
  }

  boolean tombstoned() {
    return last == Streams.TOMBSTONE;
  }

  /// Nothing happens for a record that is here already.
  StreamTail with(LogRecord record) {
    if (record.revision() <= last) {
      return this;
    }
    if (record.revision() == Streams.TOMBSTONE) {
      return of(record);
    }
    if (records.length == RECORDS_MAX) {
      return of(Arrays.copyOfRange(records, RECORDS_MAX / 2, RECORDS_MAX)).with(record);
    }
    LogRecord[] grown = Arrays.copyOf(records, records.length + 1);
    grown[records.length] = record;
    return new StreamTail(record.revision(), grown, sizeBytes + record.sizeBytes());
  }

  boolean covers(long revision) {
    return revision >= first();
  }

  LogRecord at(long revision) {
    return records[(int) (revision - first())];
  }
}
