package io.kiroku.eventstore;

import io.kiroku.decider.Decider;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A folded stream that grows with it, so that a command on a long stream costs what it costs on a
/// short one. Mutable: only the stream's queue touches it.
final class StreamMemory<S, E> {
  /// Redelivered commands are nearly always among the latest.
  private static final int RECENT_STATES_MAX = 64;

  /// @param first revision of the command's first event
  record SeenCommand(String requestHash, long first, long last) {}

  private final Decider<?, S, E> decider;
  private final Map<UUID, SeenCommand> commands = new HashMap<>();
  private final LinkedHashMap<UUID, S> recentStates = new LinkedHashMap<>();
  private S state;
  private long revision = EventStore.NO_STREAM;
  private long position = EventLog.START;
  private @Nullable String tenant;
  private @Nullable String owner;

  StreamMemory(Decider<?, S, E> decider) {
    this.decider = decider;
    this.state = decider.initial();
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
    SeenCommand seen = commands.get(metadata.commandId());
    long first = seen == null ? revision : seen.first();
    commands.put(metadata.commandId(), new SeenCommand(metadata.requestHash(), first, revision));
    recentStates.put(metadata.commandId(), state);
    if (recentStates.size() > RECENT_STATES_MAX) {
      recentStates.pollFirstEntry();
    }
  }

  @Nullable SeenCommand seen(UUID commandId) {
    return commands.get(commandId);
  }

  /// The state right after a command; null if that is too long ago.
  @Nullable S stateAfter(UUID commandId) {
    return recentStates.get(commandId);
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
