package io.kiroku.query.events;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.proto.query.v1.LoggedEvent;
import io.kiroku.query.running.Timestamps;

/// Events as the contract shows them.
public final class EventMessages {
  private EventMessages() {}

  public static LoggedEvent message(RecordedEvent event) {
    EventMetadata metadata = event.metadata();
    LoggedEvent.Builder message =
        LoggedEvent.newBuilder()
            .setEventId(event.id().toString())
            .setStream(event.stream().value())
            .setRevision(event.revision())
            .setPosition(event.position())
            .setRecordedAt(Timestamps.of(event.recordedAt()))
            .setType(event.type())
            .setActor(metadata.actor())
            .setCorrelationId(metadata.correlationId().toString())
            .setCausationId(metadata.causationId().toString())
            .setCommandId(metadata.commandId().toString())
            .setDataJson(ReadableJson.of(event.data()));
    if (metadata.sagaId() != null) {
      message.setSagaId(metadata.sagaId());
    }
    if (metadata.traceparent() != null) {
      message.setTraceparent(metadata.traceparent());
    }
    return message.build();
  }
}
