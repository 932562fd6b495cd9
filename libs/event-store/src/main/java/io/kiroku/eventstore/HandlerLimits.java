package io.kiroku.eventstore;

import java.time.Duration;

/// What a [CommandHandler] may use.
///
/// @param conflictRetriesMax how often a command is decided again because another writer was faster
/// @param cachedEventsMax events whose folded states and command ids are kept in memory, over all
///   streams; about 350 bytes each and what the states need
/// @param commandsRememberedMin commands of one stream, the latest, that are kept with its state;
///   older ones are looked for in [OlderCommands]
/// @param queuedPerStreamMax commands that may wait for one stream
/// @param queuedMax how long a command may wait for its turn
public record HandlerLimits(
    int conflictRetriesMax,
    long cachedEventsMax,
    int commandsRememberedMin,
    int queuedPerStreamMax,
    Duration queuedMax) {
  public static final HandlerLimits DEFAULT =
      new HandlerLimits(5, 200_000, 10_000, 10_000, Duration.ofSeconds(8));

  HandlerLimits remembering(int commands) {
    return new HandlerLimits(
        conflictRetriesMax, cachedEventsMax, commands, queuedPerStreamMax, queuedMax);
  }
}
