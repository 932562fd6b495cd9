package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Set;

/// Groups that share the work of reading the log: every event reaches some member at least once,
/// **in no promised order**.
public interface EventFeeds {
  /// Creates a group that begins with the first event and sends the events of one stream to one
  /// member as long as it can. Does nothing if the group is there.
  ///
  /// @param streamPrefixes `order-`, for example; empty for all streams
  Uni<Void> ensure(String group, Set<String> streamPrefixes);

  /// Ends a group for all its members. Does nothing if there is none.
  Uni<Void> remove(String group);

  /// Joins a group. Nothing is requested from the store before the first [FeedCursor#next].
  FeedCursor open(String group);

  interface FeedCursor extends AutoCloseable {
    /// Completes as soon as there is at least one event; an event is handed out once by this
    /// cursor, and to another member if it is not acknowledged in time.
    ///
    /// Fails with [EventStoreUnavailable] when the feed broke: open another cursor then.
    Uni<List<RecordedEvent>> next(int most);

    /// Says that the effects of these events are durable. Sent without waiting for an answer: an
    /// acknowledgement that gets lost means that the event comes again.
    void ack(List<RecordedEvent> events);

    @Override
    void close();
  }
}
