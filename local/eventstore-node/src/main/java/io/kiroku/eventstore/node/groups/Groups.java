package io.kiroku.eventstore.node.groups;

import com.google.gson.Gson;
import io.kiroku.eventstore.node.groups.GroupRefused.Kind;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.Write;
import io.kiroku.eventstore.node.log.Write.Append;
import io.kiroku.eventstore.node.log.Write.Outcome;
import io.kiroku.eventstore.node.log.Write.Outcome.Written;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// All persistent subscriptions of a node; their settings are in one system stream. Methods that
/// change something block until it is durable.
public final class Groups implements AutoCloseable {
  private static final String CONFIG = "$persistentSubscriptionConfig";
  private static final String CONFIG_TYPE = "$PersistentConfig";
  private static final Gson GSON = new Gson();

  private final EventLog log;
  private final Map<String, Group> groups = new ConcurrentSkipListMap<>();

  private record Config(String version, String updated, String updatedBy, List<Entry> entries) {}

  private record Entry(String stream, String group, GroupSettings settings) {}

  public Groups(EventLog log) {
    this.log = log;
  }

  /// Takes up the groups that are written down.
  public synchronized void start() {
    long last = log.lastRevision(CONFIG);
    if (last < 0) {
      return;
    }
    LogRecord record = log.readStream(CONFIG, last, 1).getFirst();
    Config config = GSON.fromJson(record.event().data().toStringUtf8(), Config.class);
    for (Entry entry : config.entries()) {
      GroupId id = new GroupId(entry.stream(), entry.group());
      groups.put(id.toString(), new Group(log, id, entry.settings()).start());
    }
  }

  /// The group, or fails with [GroupRefused].
  public Group get(GroupId id) {
    Group group = groups.get(id.toString());
    if (group == null) {
      throw new GroupRefused(
          Kind.MISSING,
          id,
          "Subscription group %s on stream %s does not exist.".formatted(id.group(), id.source()));
    }
    return group;
  }

  public Collection<Group> all() {
    return List.copyOf(groups.values());
  }

  /// How many consumers all groups have.
  public int consumers() {
    return groups.values().stream().mapToInt(Group::consumers).sum();
  }

  /// The groups of one stream or of `$all`; fails with [GroupRefused] if there are none.
  public List<Group> of(String source) {
    List<Group> found =
        groups.values().stream().filter(group -> group.id().source().equals(source)).toList();
    if (found.isEmpty()) {
      throw new GroupRefused(
          Kind.MISSING, new GroupId(source, ""), "No group exists on stream " + source);
    }
    return found;
  }

  public synchronized void create(GroupId id, GroupSettings settings) {
    if (groups.containsKey(id.toString())) {
      throw new GroupRefused(
          Kind.EXISTS,
          id,
          "Subscription group %s on stream %s exists.".formatted(id.group(), id.source()));
    }
    check(id, settings);
    Group group = new Group(log, id, settings);
    save(id, group);
    groups.put(id.toString(), group.start());
  }

  /// Replaces the settings, but never the filter; consumers are dropped.
  public synchronized void update(GroupId id, GroupSettings settings) {
    Group old = get(id);
    check(id, settings);
    Group group = new Group(log, id, settings.withFilter(old.settings().filter()));
    save(id, group);
    old.drop();
    groups.put(id.toString(), group.start());
  }

  public synchronized void delete(GroupId id) {
    Group group = get(id);
    save(id, null);
    groups.remove(id.toString());
    group.drop();
    group.forget();
  }

  /// Drops all consumers and begins again from what is written down.
  public synchronized void restart() {
    groups.values().forEach(Group::drop);
    groups.clear();
    start();
  }

  private void check(GroupId id, GroupSettings settings) {
    if (settings.readBatchSize() >= settings.historyBufferSize()) {
      throw new GroupRefused(
          Kind.FAILED,
          id,
          "readBatchSize may not be greater than or equal to historyBufferSize (Parameter"
              + " 'readBatchSize')");
    }
    if (id.ofAll() && settings.start() > log.end()) {
      throw new GroupRefused(Kind.FAILED, id, "startFrom is beyond the end of the log");
    }
  }

  private void save(GroupId id, @Nullable Group changed) {
    Map<String, Group> saved = new TreeMap<>(groups);
    if (changed == null) {
      saved.remove(id.toString());
    } else {
      saved.put(id.toString(), changed);
    }
    List<Entry> entries = new ArrayList<>();
    saved.values().forEach(g -> entries.add(entry(g)));
    String now = Clock.systemUTC().instant().toString();
    String json = GSON.toJson(new Config("2", now, "anonymous", entries));
    CompletableFuture<Outcome> answer = new CompletableFuture<>();
    log.append(
        new Append(CONFIG, Write.ANY, List.of(GroupWrites.event(CONFIG_TYPE, true, json, ""))),
        answer::complete);
    if (!(answer.join() instanceof Written)) {
      throw new GroupRefused(Kind.UNAVAILABLE, id, "The settings could not be written");
    }
  }

  private static Entry entry(Group group) {
    return new Entry(group.id().source(), group.id().group(), group.settings());
  }

  /// Ends all consumers because the node ends.
  @Override
  public synchronized void close() {
    groups.values().forEach(Group::close);
  }
}
