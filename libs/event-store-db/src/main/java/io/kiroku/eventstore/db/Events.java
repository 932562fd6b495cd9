package io.kiroku.eventstore.db;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.ResolvedEvent;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;

/// The client's events as ours and back.
final class Events {
  private final MetadataJson metadata = new MetadataJson();

  /// Where links are not resolved: the original is all there is.
  RecordedEvent recorded(ResolvedEvent resolved) {
    return recorded(resolved.getOriginalEvent());
  }

  RecordedEvent recorded(com.eventstore.dbclient.RecordedEvent event) {
    return new RecordedEvent(
        event.getEventId(),
        new StreamId(event.getStreamId()),
        event.getRevision(),
        position(event),
        event.getCreated(),
        event.getEventType(),
        event.getEventData(),
        metadata.read(event.getEventId(), event.getUserMetadata()));
  }

  EventData data(NewEvent event) {
    return EventData.builderAsJson(event.id(), event.type(), event.data())
        .metadataAsBytes(metadata.write(event.metadata()))
        .build();
  }

  static long position(ResolvedEvent resolved) {
    return position(resolved.getOriginalEvent());
  }

  static boolean isSystem(ResolvedEvent resolved) {
    return resolved.getOriginalEvent().getStreamId().startsWith("$");
  }

  private static long position(com.eventstore.dbclient.RecordedEvent event) {
    return event.getPosition().getCommitUnsigned();
  }
}
