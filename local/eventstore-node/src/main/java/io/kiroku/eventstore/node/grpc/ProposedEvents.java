package io.kiroku.eventstore.node.grpc;

import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.grpc.AppendLimits.Exceeded;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import io.kiroku.eventstore.node.proto.shared.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The events of one append while they come in. Those beyond a limit are not kept.
final class ProposedEvents {
  /// Bytes of an event on the heap beside its payload, roughly.
  private static final int EVENT_BYTES = 400;

  private final AppendLimits limits;
  private final List<Event> events = new ArrayList<>();
  private long sizeBytes;
  private @Nullable Exceeded exceeded;

  ProposedEvents(AppendLimits limits) {
    this.limits = limits;
  }

  /// Fails with INVALID_ARGUMENT if something mandatory is missing.
  void add(Shared.UUID id, Map<String, String> metadata, ByteString custom, ByteString data) {
    if (exceeded != null) {
      return;
    }
    Event event = Wire.event(id, metadata, custom, data);
    long bytes = event.countedBytes();
    if (bytes > limits.eventBytesMax()) {
      exceeded = new Exceeded.ByEvent(event.id(), bytes, limits.eventBytesMax());
    } else if (sizeBytes + bytes > limits.appendBytesMax()) {
      exceeded = new Exceeded.ByAppend(limits.appendBytesMax());
    } else {
      sizeBytes += bytes;
      events.add(event);
    }
  }

  /// The limit that there is no more to be said after, if one is exceeded.
  @Nullable Exceeded exceeded() {
    return exceeded;
  }

  /// What is kept in memory, roughly.
  long heldBytes() {
    return sizeBytes + (long) events.size() * EVENT_BYTES;
  }

  void clear() {
    events.clear();
  }

  List<Event> events() {
    return events;
  }
}
