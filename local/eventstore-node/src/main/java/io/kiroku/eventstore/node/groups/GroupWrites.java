package io.kiroku.eventstore.node.groups;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import io.kiroku.eventstore.node.log.StreamMetadata;
import io.kiroku.eventstore.node.log.Streams;
import io.kiroku.eventstore.node.log.Write;
import io.kiroku.eventstore.node.log.Write.Append;
import io.kiroku.eventstore.node.log.Write.Delete;
import io.kiroku.eventstore.node.log.Write.Outcome;
import io.kiroku.eventstore.node.log.Write.Outcome.Written;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/// What one group writes to its system streams, in EventStoreDB's formats.
record GroupWrites(EventLog log, GroupId id, GroupSource source) {
  private static final String CHECKPOINT_TYPE = "$SubscriptionCheckpoint";

  /// The last place done with, or -1. May block.
  long checkpoint() {
    long last = log.lastRevision(id.checkpointStream());
    if (last < 0
        || last == Streams.TOMBSTONE
        || log.metadata(id.checkpointStream()).softDeleted()) {
      return -1;
    }
    List<LogRecord> records = log.readStream(id.checkpointStream(), last, 1);
    String text = records.getFirst().event().data().toStringUtf8().replace("\"", "");
    return Long.parseLong(text.replaceFirst("^C:(\\d+)/P:\\d+$", "$1"));
  }

  void checkpoint(long place, Consumer<Boolean> written) {
    String json = new JsonPrimitive(source.text(place)).toString();
    append(id.checkpointStream(), event(CHECKPOINT_TYPE, true, json, ""), written);
  }

  void park(Message message, String reason, Consumer<Boolean> written) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("added", Clock.systemUTC().instant().toString());
    metadata.addProperty("reason", reason);
    metadata.addProperty("subscriptionEventNumber", message.record().revision());
    Event event = event(Streams.LINK_TYPE, false, message.linkText(), metadata.toString());
    append(id.parkedStream(), event, written);
  }

  void truncateParked(long before, Consumer<Boolean> written) {
    JsonObject metadata = new JsonObject();
    metadata.addProperty("$tb", before);
    append(
        Streams.metadataOf(id.parkedStream()),
        event(StreamMetadata.TYPE, true, metadata.toString(), ""),
        written);
  }

  void delete() {
    log.append(new Delete(id.checkpointStream(), Write.ANY), _ -> {});
    log.append(new Delete(id.parkedStream(), Write.ANY), _ -> {});
  }

  /// How many messages are parked. May block.
  long parkedCount() {
    long last = log.lastRevision(id.parkedStream());
    return last < 0 || last == Streams.TOMBSTONE ? 0 : Math.max(0, last + 1 - firstParked(last));
  }

  long firstParked(long last) {
    return log.metadata(id.parkedStream()).firstRevision(last);
  }

  private void append(String stream, Event event, Consumer<Boolean> written) {
    log.append(
        new Append(stream, Write.ANY, List.of(event)),
        (Outcome outcome) -> written.accept(outcome instanceof Written));
  }

  static Event event(String type, boolean json, String data, String metadata) {
    return new Event(
        UUID.randomUUID(),
        type,
        json,
        ByteString.copyFromUtf8(data),
        ByteString.copyFromUtf8(metadata));
  }
}
