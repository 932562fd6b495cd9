package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.Streams;
import java.util.List;
import java.util.function.Predicate;

/// What a group reads: `$all`, filtered, by position; or one stream, by revision. Reads may block.
sealed interface GroupSource {
  /// The place of the next record that will be written.
  long end();

  /// The place of the first record that readers see, if that is the end.
  long first(long end);

  List<LogRecord> read(long place, int countMax);

  long place(LogRecord record);

  /// Whether readers see the record, who saw it coming if `live`. What is not seen does not count
  /// as processed either: a group must not move on because of what it wrote itself.
  boolean visible(LogRecord record, boolean live);

  /// Whether the filter lets the record pass.
  boolean wanted(LogRecord record);

  AutoCloseable onRecords(Runnable listener);

  /// A place as clients read it.
  String text(long place);

  static GroupSource of(EventLog log, GroupId id, GroupSettings settings) {
    return id.ofAll()
        ? new All(log, settings.filter() == null ? _ -> true : settings.filter().compiled())
        : new OneStream(log, id.source());
  }

  record All(EventLog log, Predicate<LogRecord> filter) implements GroupSource {
    @Override
    public long end() {
      return log.end();
    }

    @Override
    public long first(long end) {
      return 0;
    }

    @Override
    public List<LogRecord> read(long place, int countMax) {
      return log.read(place, countMax);
    }

    @Override
    public long place(LogRecord record) {
      return record.position();
    }

    @Override
    public boolean visible(LogRecord record, boolean live) {
      return !Streams.hiddenInAll(record.stream());
    }

    @Override
    public boolean wanted(LogRecord record) {
      return filter.test(record);
    }

    @Override
    public AutoCloseable onRecords(Runnable listener) {
      return log.onRecords(listener);
    }

    @Override
    public String text(long place) {
      return Place.position(place, place);
    }
  }

  record OneStream(EventLog log, String stream) implements GroupSource {
    @Override
    public long end() {
      long last = log.lastRevision(stream);
      return last == Streams.TOMBSTONE ? 0 : last + 1;
    }

    @Override
    public long first(long end) {
      return log.metadata(stream).firstRevision(end - 1);
    }

    @Override
    public List<LogRecord> read(long place, int countMax) {
      return log.readStream(stream, place, countMax);
    }

    @Override
    public long place(LogRecord record) {
      return record.revision();
    }

    @Override
    public boolean visible(LogRecord record, boolean live) {
      return live || !log.metadata(stream).expired(record, log.nowTicks());
    }

    @Override
    public boolean wanted(LogRecord record) {
      return true;
    }

    @Override
    public AutoCloseable onRecords(Runnable listener) {
      return log.onRecords(stream, listener);
    }

    @Override
    public String text(long place) {
      return Long.toString(place);
    }
  }
}
