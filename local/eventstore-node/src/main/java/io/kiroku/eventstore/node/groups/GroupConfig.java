package io.kiroku.eventstore.node.groups;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.kiroku.eventstore.node.groups.GroupEntry.Stored;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.StreamMetadata;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// The settings of all groups, in one system stream, in EventStoreDB's format. An entry that this
/// node cannot read is kept as it is. Guarded by its owner; methods may block.
final class GroupConfig {
  private static final System.Logger LOG = System.getLogger(GroupConfig.class.getName());
  private static final String STREAM = "$persistentSubscriptionConfig";
  private static final String TYPE = "$PersistentConfig";
  private static final String VERSION = "2";
  private static final String METADATA = "{\"$maxCount\":2}";

  private final SystemStream stream;
  private List<JsonObject> entries = List.of();

  GroupConfig(EventLog log) {
    stream = new SystemStream(log, STREAM);
  }

  /// What is written down, as far as it can be read.
  List<Stored> load() {
    LogRecord record = stream.lastRecord();
    entries = record == null ? List.of() : entries(record);
    List<Stored> stored = new ArrayList<>();
    for (JsonObject entry : entries) {
      try {
        stored.add(GroupEntry.read(entry));
      } catch (RuntimeException e) { // whatever is wrong with it, the others are to work
        LOG.log(System.Logger.Level.ERROR, "Not a group's settings, passed over: " + entry, e);
      }
    }
    return stored;
  }

  private static List<JsonObject> entries(LogRecord record) {
    List<JsonObject> entries = new ArrayList<>();
    try {
      if (JsonParser.parseString(record.event().data().toStringUtf8()) instanceof JsonObject config
          && config.get("entries") instanceof JsonArray array) {
        array.forEach(entry -> entries.add(entry.getAsJsonObject()));
        return entries;
      }
    } catch (JsonParseException | IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "No JSON, or an entry that is no object", e);
    }
    LOG.log(System.Logger.Level.ERROR, "What " + STREAM + " ends with is no settings of groups");
    return entries;
  }

  /// Adds the group, or replaces its settings. Returns false if that could not be written.
  boolean put(GroupId id, GroupSettings settings) {
    List<JsonObject> changed = without(id);
    changed.add(GroupEntry.write(id, settings));
    return save(changed);
  }

  /// Returns false if that could not be written.
  boolean remove(GroupId id) {
    return save(without(id));
  }

  private List<JsonObject> without(GroupId id) {
    List<JsonObject> others = new ArrayList<>(entries);
    others.removeIf(entry -> GroupEntry.isOf(entry, id));
    return others;
  }

  private boolean save(List<JsonObject> changed) {
    JsonObject config = new JsonObject();
    config.addProperty("version", VERSION);
    config.addProperty("updated", Clock.systemUTC().instant().toString());
    config.addProperty("updatedBy", "anonymous");
    JsonArray array = new JsonArray();
    changed.forEach(array::add);
    config.add("entries", array);
    if (stream.metadata().equals(StreamMetadata.NONE)) {
      stream.describe(METADATA, _ -> {});
    }
    CompletableFuture<Boolean> written = new CompletableFuture<>();
    stream.append(SystemStream.event(TYPE, true, config.toString(), ""), written::complete);
    boolean success = written.join();
    entries = success ? List.copyOf(changed) : entries;
    return success;
  }
}
