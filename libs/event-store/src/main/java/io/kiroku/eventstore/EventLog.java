package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/// All streams in the one order in which they were written, without the store's own events.
public interface EventLog {
  /// Position before the first event.
  long START = -1;

  /// Position of the last event, [#START] if there is none.
  Uni<Long> head();

  /// At most so many events after a position, in order.
  Uni<List<RecordedEvent>> read(long afterPosition, int most);

  /// At most so many events before a position, the latest first.
  ///
  /// @param beforePosition exclusive; `Long.MAX_VALUE` for the end of the log
  Uni<List<RecordedEvent>> readBackwards(long beforePosition, int most);

  /// Follows the log for ever. Nothing is requested from the store before the first
  /// [LogCursor#next]. A position beyond the end of the log makes it fail with [PositionBeyondLog].
  ///
  /// @param streamPrefixes `order-`, for example; empty for all streams
  LogCursor open(long afterPosition, Set<String> streamPrefixes);

  /// One reader's place. For one caller that asks for the next batch when it is done with the last.
  interface LogCursor extends AutoCloseable {
    /// Completes as soon as there is at least one event or a checkpoint. What was not asked for
    /// waits in a bounded buffer, then at the store.
    ///
    /// Fails with [EventStoreUnavailable] when the store went away: open another cursor then.
    Uni<LogBatch> next(int most);

    @Override
    void close();
  }

  /// @param events in log order; may be empty
  /// @param position everything up to here has been seen, events that the filter hid included
  record LogBatch(List<RecordedEvent> events, long position) {}
}
