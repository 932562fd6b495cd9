package io.kiroku.eventstore.node.groups;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.kiroku.eventstore.node.log.Filter;
import io.kiroku.eventstore.node.log.Filter.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One group in the stored settings, with the names that EventStoreDB has for them.
final class GroupEntry {
  private static final String SETTINGS = "settings"; // written by the first versions of this node
  private static final Gson GSON = new Gson();

  private GroupEntry() {}

  record Stored(GroupId id, GroupSettings settings) {}

  private record Entry(
      String stream,
      String group,
      @Nullable StoredFilter filter,
      boolean resolveLinkTos,
      boolean extraStatistics,
      int messageTimeout,
      long startFrom,
      @Nullable String startPosition,
      int liveBufferSize,
      int historyBufferSize,
      int maxRetryCount,
      int readBatchSize,
      boolean preferRoundRobin,
      int checkPointAfter,
      int minCheckPointCount,
      int maxCheckPointCount,
      int maxSubscriberCount,
      String namedConsumerStrategy) {}

  /// @param data the expression, or prefixes with commas between
  /// @param prefixes the same prefixes, whatever is in them; not known to EventStoreDB
  private record StoredFilter(
      String context,
      String type,
      String data,
      boolean isAllStream,
      @Nullable List<String> prefixes) {}

  static boolean isOf(JsonObject entry, GroupId id) {
    return new JsonPrimitive(id.source()).equals(entry.get("stream"))
        && new JsonPrimitive(id.group()).equals(entry.get("group"));
  }

  static JsonObject write(GroupId id, GroupSettings settings) {
    Entry entry =
        new Entry(
            id.source(),
            id.group(),
            settings.filter() == null ? null : stored(settings.filter()),
            settings.resolveLinks(),
            settings.extraStatistics(),
            settings.messageTimeoutMillis(),
            id.ofAll() ? Long.MIN_VALUE : settings.start(),
            settings.startText(id.ofAll()),
            settings.liveBufferSize(),
            settings.historyBufferSize(),
            settings.retriesMax(),
            settings.readBatchSize(),
            false,
            settings.checkpointAfterMillis(),
            settings.checkpointCountMin(),
            settings.checkpointCountMax(),
            settings.consumersMax(),
            settings.strategy());
    return GSON.toJsonTree(entry).getAsJsonObject();
  }

  /// Fails with some [RuntimeException] if it is no group's settings.
  static Stored read(JsonObject json) {
    Entry entry = GSON.fromJson(json, Entry.class);
    GroupId id = new GroupId(entry.stream(), entry.group());
    GroupSettings settings =
        json.has(SETTINGS)
            ? GSON.fromJson(json.get(SETTINGS), GroupSettings.class)
            : settings(entry);
    if (id.source().isEmpty() || !Dispatch.exists(settings.strategy())) {
      throw new IllegalArgumentException("Bad stream name or consumer strategy");
    }
    if (settings.filter() != null) {
      var _ = settings.filter().compiled(); // fails here rather than at work
    }
    return new Stored(id, settings);
  }

  private static GroupSettings settings(Entry entry) {
    String start =
        entry.startPosition() == null ? Long.toString(entry.startFrom()) : entry.startPosition();
    return new GroupSettings(
        entry.resolveLinkTos(),
        entry.extraStatistics(),
        Place.commit(start),
        Place.prepare(start),
        entry.messageTimeout(),
        entry.maxRetryCount(),
        entry.checkPointAfter(),
        entry.minCheckPointCount(),
        entry.maxCheckPointCount(),
        entry.maxSubscriberCount(),
        entry.liveBufferSize(),
        entry.historyBufferSize(),
        entry.readBatchSize(),
        entry.namedConsumerStrategy(),
        entry.filter() == null ? null : filter(entry.filter()));
  }

  private static StoredFilter stored(Filter filter) {
    boolean regex = !filter.regex().isEmpty();
    return new StoredFilter(
        filter.subject() == Subject.STREAM ? "streamid" : "eventtype",
        regex ? "regex" : "prefix",
        regex ? filter.regex() : String.join(",", filter.prefixes()),
        true,
        regex ? null : filter.prefixes());
  }

  private static Filter filter(StoredFilter stored) {
    Subject subject = stored.context().equals("streamid") ? Subject.STREAM : Subject.TYPE;
    if (stored.type().equals("regex")) {
      return new Filter(subject, stored.data(), List.of());
    }
    List<String> prefixes =
        stored.prefixes() == null ? List.of(stored.data().split(",", -1)) : stored.prefixes();
    return new Filter(subject, "", prefixes);
  }
}
