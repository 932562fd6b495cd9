package io.kiroku.eventstore.node.grpc;

import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import io.kiroku.eventstore.node.proto.shared.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The events of one append while they come in. Those beyond the maximum size are not kept.
final class ProposedEvents {
  /// Bytes of an event on the heap beside its payload, roughly.
  private static final int EVENT_BYTES = 400;

  private final int sizeBytesMax;
  private final List<Event> events = new ArrayList<>();
  private long sizeBytes;

  ProposedEvents(int sizeBytesMax) {
    this.sizeBytesMax = sizeBytesMax;
  }

  /// Fails with INVALID_ARGUMENT if something mandatory is missing.
  void add(Shared.UUID id, Map<String, String> metadata, ByteString custom, ByteString data) {
    Event event = Wire.event(id, metadata, custom, data);
    sizeBytes += event.countedBytes();
    if (!tooBig()) {
      events.add(event);
    }
  }

  /// Whether there is more than one append may have.
  boolean tooBig() {
    return sizeBytes > sizeBytesMax;
  }

  /// What is kept in memory, roughly.
  long heldBytes() {
    return sizeBytes + (long) events.size() * EVENT_BYTES;
  }

  void clear() {
    events.clear();
  }

  int sizeBytesMax() {
    return sizeBytesMax;
  }

  List<Event> events() {
    return events;
  }
}
