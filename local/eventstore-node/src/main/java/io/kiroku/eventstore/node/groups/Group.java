package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.groups.GroupRefused.Kind;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Waker;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/// One persistent subscription at work: a virtual thread reads ahead into the [Delivery], consumers
/// take from it, and how far all is done is written down now and then.
public final class Group {
  private static final System.Logger LOG = System.getLogger(Group.class.getName());
  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final GroupId id;
  private final GroupSettings settings;
  private final GroupSource source;
  private final CheckpointStream checkpoints;
  private final ParkedStream parked;
  private final Waker waker = new Waker();
  private final Delivery delivery;
  private final GroupReader reader;
  private final Replay replay;
  private final Attempts beginnings;
  private final Attempts readings;
  private final Attempts replays;
  private volatile boolean ready;
  private volatile boolean closed;

  Group(EventLog log, GroupId id, GroupSettings settings) {
    this.id = id;
    this.settings = settings;
    source = GroupSource.of(log, id, settings);
    checkpoints = CheckpointStream.of(log, id, source);
    parked = ParkedStream.of(log, id);
    delivery = new Delivery(settings, checkpoints, parked, waker::wake);
    reader = new GroupReader(log, settings, source, delivery);
    replay = new Replay(parked, delivery, waker::wake);
    beginnings = attempts("The beginning");
    readings = attempts("Reading");
    replays = attempts("Replaying");
  }

  private Attempts attempts(String work) {
    return new Attempts(work + " of group " + id, System::nanoTime);
  }

  /// Continues after the checkpoint; without one, begins where the settings say, at the end as of
  /// now if so set. May block.
  Group start() {
    long beginning = settings.start() == GroupSettings.END ? source.end() : settings.start();
    Thread.ofVirtual().name("group " + id).start(() -> run(beginning));
    return this;
  }

  private void run(long beginning) {
    try (AutoCloseable _ = source.onRecords(waker::wake)) {
      long ticked = System.nanoTime();
      while (!closed) {
        if (!work(beginning)) {
          waker.await(TICK_NANOS);
        }
        if (System.nanoTime() - ticked >= TICK_NANOS) {
          ticked = System.nanoTime();
          delivery.tick();
        }
      }
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "Group " + id + " stopped", e);
      drop();
    }
  }

  /// Returns false if there is nothing more to do now.
  private boolean work(long beginning) {
    if (!ready && !beginnings.attempt(() -> begin(beginning))) {
      return false;
    }
    replays.attempt(replay::advance);
    return readings.attempt(reader::readPage);
  }

  private boolean begin(long beginning) {
    long checkpoint = checkpoints.read();
    delivery.startAt(checkpoint >= 0 ? checkpoint + 1 : beginning, checkpoint);
    ready = true;
    return true;
  }

  /// Fails with [GroupRefused] if the group has all the consumers it may have.
  ///
  /// @param connection what the consumer calls itself
  /// @param slots how many messages it takes before it answers the first
  public GroupConsumer connect(GroupConsumer.Output output, String connection, int slots) {
    GroupConsumer consumer =
        new GroupConsumer(output, connection, slots, settings.extraStatistics());
    if (!delivery.connect(consumer)) {
      throw new GroupRefused(
          Kind.FULL,
          id,
          "Maximum subscriptions reached for subscription group %s on stream %s."
              .formatted(id.group(), id.source()));
    }
    return consumer;
  }

  /// Whether it stands still because something fails that may never work.
  boolean failing() {
    return beginnings.failing() || readings.failing() || replays.failing();
  }

  /// How many are connected.
  int consumers() {
    return delivery.consumers();
  }

  public void disconnect(GroupConsumer consumer) {
    delivery.disconnect(consumer);
  }

  /// A consumer takes more than it did.
  public void resume() {
    delivery.resume();
  }

  public void acknowledge(GroupConsumer consumer, List<UUID> ids) {
    delivery.acknowledge(consumer, ids);
  }

  /// Hands messages back.
  public void refuse(GroupConsumer consumer, List<UUID> ids, Refusal refusal, String reason) {
    delivery.refuse(consumer, ids, refusal, reason);
  }

  /// What is to become of messages that a consumer refuses.
  public enum Refusal {
    RETRY,
    PARK,
    SKIP
  }

  /// Delivers parked messages again, up to (not including) that revision of the parked stream. May
  /// block.
  public void replayParked(long stopAt) {
    replay.upTo(stopAt);
  }

  public GroupId id() {
    return id;
  }

  public GroupSettings settings() {
    return settings;
  }

  /// May block.
  public GroupState state() {
    long unread = ready ? Math.max(0, source.end() - delivery.next()) : 0;
    return new GroupState(
        status(),
        settings.startText(id.ofAll()),
        Math.min(unread, Math.max(0, settings.liveBufferSize())),
        parked.count(),
        delivery.state());
  }

  /// Flags as .NET writes them.
  private String status() {
    List<String> flags = new ArrayList<>();
    if (!ready) {
      return "NotReady";
    }
    boolean live = reader.live() && !readings.failing();
    if (!live) {
      flags.add("Behind");
    }
    if (reader.reading()) {
      flags.add("OutstandingPageRequest");
    }
    if (replay.active()) {
      flags.add("ReplayingParkedMessages");
    }
    if (live) {
      flags.add("Live");
    }
    return String.join(", ", flags);
  }

  /// Ends the group here, and tells its consumers so.
  void drop() {
    stop();
    delivery.end().forEach(consumer -> consumer.output().dropped());
  }

  /// Ends the group because the node ends; what is done is written down.
  void close() {
    stop();
    delivery.checkpointNow();
    delivery.end().forEach(consumer -> consumer.output().closed());
  }

  private void stop() {
    closed = true;
    waker.wake();
  }

  /// Deletes what the group wrote. Blocks until that is durable.
  void forget() {
    checkpoints.delete();
    parked.delete();
  }
}
