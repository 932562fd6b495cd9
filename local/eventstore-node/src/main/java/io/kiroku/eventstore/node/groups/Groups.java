package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.groups.GroupEntry.Stored;
import io.kiroku.eventstore.node.groups.GroupRefused.Kind;
import io.kiroku.eventstore.node.log.EventLog;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/// All persistent subscriptions of a node; their settings are in one system stream. Methods that
/// change something block until it is durable, and fail with [GroupRefused] if it is not to be.
public final class Groups implements AutoCloseable {
  private final EventLog log;
  private final GroupConfig config;
  private final Map<String, Group> groups = new ConcurrentSkipListMap<>();

  public Groups(EventLog log) {
    this.log = log;
    config = new GroupConfig(log);
  }

  /// Takes up the groups that are written down.
  public synchronized void start() {
    for (Stored stored : config.load()) {
      begin(stored.id(), stored.settings());
    }
  }

  /// Starts a group, in place of what was there with its name.
  private void begin(GroupId id, GroupSettings settings) {
    Group old = groups.put(id.toString(), new Group(log, id, settings).start());
    if (old != null) {
      old.drop();
    }
  }

  /// The group, or fails with [GroupRefused].
  public Group get(GroupId id) {
    Group group = groups.get(id.toString());
    if (group == null) {
      throw missing(id);
    }
    return group;
  }

  private static GroupRefused missing(GroupId id) {
    return new GroupRefused(
        Kind.MISSING,
        id,
        "Subscription group %s on stream %s does not exist.".formatted(id.group(), id.source()));
  }

  public Collection<Group> all() {
    return List.copyOf(groups.values());
  }

  /// How many consumers all groups have.
  public int consumers() {
    return groups.values().stream().mapToInt(Group::consumers).sum();
  }

  /// How many groups stand still because something fails that may never work.
  public long failing() {
    return groups.values().stream().filter(Group::failing).count();
  }

  /// The groups of one stream or of `$all`; fails with [GroupRefused] if there are none.
  public List<Group> of(String source) {
    List<Group> found =
        groups.values().stream().filter(group -> group.id().source().equals(source)).toList();
    if (found.isEmpty()) {
      throw missing(new GroupId(source, ""));
    }
    return found;
  }

  public synchronized void create(GroupId id, GroupSettings settings) {
    GroupRules.checkStart(id, settings, log.end());
    if (groups.containsKey(id.toString())) {
      throw new GroupRefused(
          Kind.EXISTS,
          id,
          "Subscription group %s on stream %s exists.".formatted(id.group(), id.source()));
    }
    GroupRules.checkBuffers(id, settings);
    written(config.put(id, settings), id);
    begin(id, settings);
  }

  /// Replaces the settings, but never the filter; consumers are dropped.
  public synchronized void update(GroupId id, GroupSettings settings) {
    Group old = get(id);
    GroupRules.checkStart(id, settings, log.end());
    GroupRules.checkBuffers(id, settings);
    GroupSettings changed = settings.withFilter(old.settings().filter());
    written(config.put(id, changed), id);
    begin(id, changed);
  }

  public synchronized void delete(GroupId id) {
    Group group = get(id);
    written(config.remove(id), id);
    groups.remove(id.toString());
    group.drop();
    group.forget();
  }

  private static void written(boolean success, GroupId id) {
    if (!success) {
      throw new GroupRefused(Kind.UNAVAILABLE, id, "The settings could not be written");
    }
  }

  /// Drops all consumers and begins again from what is written down.
  public synchronized void restart() {
    List<Group> before = List.copyOf(groups.values());
    start();
    if (groups.values().removeAll(before)) {
      before.forEach(Group::drop);
    }
  }

  /// Ends all consumers because the node ends.
  @Override
  public synchronized void close() {
    groups.values().forEach(Group::close);
  }
}
