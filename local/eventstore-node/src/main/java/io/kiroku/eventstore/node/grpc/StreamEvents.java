package io.kiroku.eventstore.node.grpc;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Links;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.ReadEvent.RecordedEvent;

/// Renders records as answers of `Streams.Read`, once for all subscribers that ask in the usual
/// form.
final class StreamEvents {
  private final EventLog log;
  private final boolean resolveLinks;
  private final boolean structuredIds;

  StreamEvents(EventLog log, boolean resolveLinks, boolean structuredIds) {
    this.log = log;
    this.resolveLinks = resolveLinks;
    this.structuredIds = structuredIds;
  }

  /// Whether rendering may ask the storage.
  boolean resolvesLinks() {
    return resolveLinks;
  }

  ReadResp render(LogRecord record) {
    if (resolveLinks && Links.isLink(record)) {
      return link(record);
    }
    if (!structuredIds) {
      return plain(record);
    }
    if (record.rendered() instanceof ReadResp known) {
      return known;
    }
    ReadResp rendered = plain(record);
    if (log.recent(record.position()) != null) {
      record.rendered(rendered); // others will ask; an old page would only grow by it
    }
    return rendered;
  }

  private ReadResp plain(LogRecord record) {
    return response(
        ReadEvent.newBuilder().setEvent(recorded(record)).setCommitPosition(record.position()));
  }

  /// A link whose target is gone comes alone.
  private ReadResp link(LogRecord link) {
    ReadEvent.Builder event =
        ReadEvent.newBuilder().setLink(recorded(link)).setCommitPosition(link.position());
    LogRecord target = Links.target(log, link);
    if (target != null) {
      event.setEvent(recorded(target));
    }
    return response(event);
  }

  private static ReadResp response(ReadEvent.Builder event) {
    return ReadResp.newBuilder().setEvent(event).build();
  }

  private RecordedEvent recorded(LogRecord record) {
    return RecordedEvent.newBuilder()
        .setId(Wire.uuid(record.id(), structuredIds))
        .setStreamIdentifier(Wire.stream(record.stream()))
        .setStreamRevision(record.revision())
        .setPreparePosition(record.position())
        .setCommitPosition(record.position())
        .putAllMetadata(Wire.metadata(record))
        .setCustomMetadata(record.event().metadata())
        .setData(record.event().data())
        .build();
  }
}
