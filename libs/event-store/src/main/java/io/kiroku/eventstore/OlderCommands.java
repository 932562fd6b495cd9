package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.UUID;

/// The commands that a long stream's memory holds no longer.
@FunctionalInterface
public interface OlderCommands {
  /// The command, if events before `revision` are its own; exact, however new those events are.
  /// Fails with [EventStoreUnavailable] if it cannot be known now.
  Uni<Optional<SeenCommand>> find(StreamId stream, UUID commandId, long revision);

  /// Looks through the stream itself, every time anew.
  static OlderCommands scanning(EventStore store) {
    return (stream, commandId, revision) ->
        store
            .read(stream, 0, revision)
            .map(events -> {
              CommandLedger all = new CommandLedger(Integer.MAX_VALUE / 2);
              events.stream()
                  .filter(event -> event.metadata().commandId().equals(commandId))
                  .forEach(event ->
                      all.add(commandId, event.metadata().requestHash(), event.revision()));
              return Optional.ofNullable(all.get(commandId));
            });
  }
}
