package io.kiroku.eventstore.node.groups;

import com.google.gson.JsonPrimitive;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import java.util.function.Consumer;

/// Where a group's checkpoint is written down: its place as a JSON string, as clients write it.
record CheckpointStream(SystemStream stream, GroupSource source) {
  /// The checkpoint of a group that has none.
  static final long NONE = -1;

  private static final String TYPE = "$SubscriptionCheckpoint";

  static CheckpointStream of(EventLog log, GroupId id, GroupSource source) {
    return new CheckpointStream(new SystemStream(log, id.checkpointStream()), source);
  }

  /// The last place done with, or [#NONE]. May block. Fails with [NumberFormatException] if
  /// something else is written there.
  long read() {
    LogRecord record = stream.lastRecord();
    return record == null
        ? NONE
        : Place.commit(record.event().data().toStringUtf8().replace("\"", ""));
  }

  void write(long place, Consumer<Boolean> written) {
    String json = new JsonPrimitive(source.text(place)).toString();
    stream.append(SystemStream.event(TYPE, true, json, ""), written);
  }

  void delete() {
    stream.delete();
  }
}
