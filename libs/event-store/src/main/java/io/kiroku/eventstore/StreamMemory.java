package io.kiroku.eventstore;

import io.kiroku.decider.Decider;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A folded stream that grows with it, so that a command on a long stream costs what it costs on a
/// short one. Mutable: only the stream's queue touches it.
final class StreamMemory<S, E> {
  /// Redelivered commands are nearly always among the latest.
  private static final int RECENT_STATES_MAX = 64;

  private final Decider<?, S, E> decider;
  private final CommandLedger commands;
  private final LinkedHashMap<UUID, S> recentStates = new LinkedHashMap<>();
  private final long begunNanos = System.nanoTime();
  private S state;
  private long revision = EventStore.NO_STREAM;
  private long position = EventLog.START;
  private @Nullable String tenant;
  private @Nullable String owner;
  private @Nullable EventMetadata latest;
  private long snapshotRevision = EventStore.NO_STREAM;

  StreamMemory(Decider<?, S, E> decider, int commandsRememberedMin) {
    this.decider = decider;
    this.commands = new CommandLedger(commandsRememberedMin);
    this.state = decider.initial();
  }

  StreamMemory(Decider<?, S, E> decider, int commandsRememberedMin, Snapshot<S> snapshot) {
    this.decider = decider;
    this.commands = CommandLedger.unpacked(snapshot.commands(), commandsRememberedMin);
    this.state = snapshot.state();
    this.revision = snapshot.revision();
    this.position = snapshot.position();
    this.tenant = snapshot.tenant();
    this.owner = snapshot.owner();
    this.snapshotRevision = snapshot.revision();
  }

  void fold(List<Recorded<E>> events) {
    for (Recorded<E> recorded : events) {
      RecordedEvent envelope = recorded.envelope();
      if (envelope.revision() != revision + 1) {
        throw new IllegalStateException(envelope + " does not follow revision " + revision);
      }
      fold(envelope.metadata(), recorded.event());
      position = envelope.position();
    }
  }

  void foldAppended(EventMetadata metadata, List<E> events, Appended appended) {
    if (appended.revision() != revision + events.size()) {
      throw new IllegalStateException(
          "Appended to revision " + appended.revision() + " after " + revision);
    }
    events.forEach(event -> fold(metadata, event));
    position = appended.position();
  }

  private void fold(EventMetadata metadata, E event) {
    state = decider.evolve(state, event);
    revision++;
    if (tenant == null) {
      tenant = metadata.tenant();
      owner = metadata.actor();
    }
    latest = metadata;
    commands.add(metadata.commandId(), metadata.requestHash(), revision);
    recentStates.put(metadata.commandId(), state);
    if (recentStates.size() > RECENT_STATES_MAX) {
      recentStates.pollFirstEntry();
    }
  }

  @Nullable SeenCommand seen(UUID commandId) {
    return commands.get(commandId);
  }

  /// Events before this revision may be of commands that [#seen] does not know any more.
  long commandsForgottenBefore() {
    return commands.forgottenBefore();
  }

  long commandsRemembered() {
    return commands.size();
  }

  /// The revision up to which a snapshot was made or begun.
  long snapshotRevision() {
    return snapshotRevision;
  }

  Snapshot<S> snapshot() {
    snapshotRevision = revision;
    return new Snapshot<>(state, revision, position, tenant, owner, commands.packed());
  }

  /// Metadata of the last event that was folded here; null if none was.
  @Nullable EventMetadata latest() {
    return latest;
  }

  /// The state right after a command; null if that is too long ago.
  @Nullable S stateAfter(UUID commandId) {
    return recentStates.get(commandId);
  }

  boolean isOlderThan(Duration age) {
    return System.nanoTime() - begunNanos > age.toNanos();
  }

  S state() {
    return state;
  }

  long revision() {
    return revision;
  }

  long position() {
    return position;
  }

  Folded<S> folded() {
    return new Folded<>(state, revision, position, tenant, owner);
  }
}
