package io.kiroku.eventstore.node.statistics;

import io.kiroku.eventstore.node.groups.Groups;
import io.kiroku.eventstore.node.log.EventLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/// Figures under the names that EventStoreDB gives them; what only this node has is under
/// `es-node`. Taking them costs little and never blocks.
public final class Statistics {
  private static final String WRITER_QUEUE = "Storage Writer Queue";

  private final EventLog log;
  private final Groups groups;
  private final IntSupplier subscriptions;

  /// @param subscriptions how many catch-up subscriptions are open
  public Statistics(EventLog log, Groups groups, IntSupplier subscriptions) {
    this.log = log;
    this.groups = groups;
    this.subscriptions = subscriptions;
  }

  /// Figures in groups, groups in groups.
  public Map<String, Object> grouped() {
    Map<String, Object> groups = new LinkedHashMap<>();
    groups.put("proc", ProcessFigures.ofProcess());
    groups.put("sys", ProcessFigures.ofSystem());
    groups.put("es", ofStore());
    return groups;
  }

  /// All figures by their whole names, as `proc-gc-timeInGc`.
  public Map<String, Object> flat() {
    Map<String, Object> figures = new LinkedHashMap<>();
    flatten("", grouped(), figures);
    return figures;
  }

  private static void flatten(String prefix, Map<?, ?> group, Map<String, Object> into) {
    group.forEach((name, value) -> {
      if (value instanceof Map<?, ?> inner) {
        flatten(prefix + name + "-", inner, into);
      } else {
        into.put(prefix + name, value);
      }
    });
  }

  private Map<String, Object> ofStore() {
    Map<String, Object> store = new LinkedHashMap<>();
    long end = log.end();
    store.put("checksum", end);
    store.put("checksumNonFlushed", end);
    store.put("queue", Map.of(WRITER_QUEUE, ofWriterQueue()));
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("subscriptions", subscriptions.getAsInt());
    node.put("persistentSubscriptions", groups.all().size());
    node.put("persistentSubscriptionsFailing", groups.failing());
    node.put("persistentSubscriptionConsumers", groups.consumers());
    node.put("ready", log.ready());
    store.put("node", node);
    return store;
  }

  private Map<String, Object> ofWriterQueue() {
    Map<String, Object> queue = new LinkedHashMap<>();
    queue.put("queueName", WRITER_QUEUE);
    queue.put("groupName", "");
    queue.put("length", log.queuedWrites());
    queue.put("bytes", log.queuedBytes());
    return queue;
  }
}
