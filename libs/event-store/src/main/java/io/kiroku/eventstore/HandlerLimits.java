package io.kiroku.eventstore;

import java.time.Duration;

/// What a [CommandHandler] may use.
///
/// @param conflictRetriesMax how often a command is decided again because another writer was faster
/// @param cachedEventsMax events whose folded states and command ids are kept in memory, over all
///   streams; about 350 bytes each and what the states need
/// @param cachedMax how long a folded state may stay in memory: a person who was erased is readable
///   in it so long
/// @param commandsRememberedMin commands of one stream, the latest, that are kept with its state;
///   older ones are looked for in [OlderCommands]
/// @param queuedPerStreamMax commands that may wait for one stream
/// @param queuedMax how long a command may wait for its turn
public record HandlerLimits(
    int conflictRetriesMax,
    long cachedEventsMax,
    Duration cachedMax,
    int commandsRememberedMin,
    int queuedPerStreamMax,
    Duration queuedMax) {
  public static final HandlerLimits DEFAULT =
      new HandlerLimits(5, 200_000, Duration.ofMinutes(5), 10_000, 10_000, Duration.ofSeconds(8));

  HandlerLimits remembering(int commands) {
    return new HandlerLimits(
        conflictRetriesMax, cachedEventsMax, cachedMax, commands, queuedPerStreamMax, queuedMax);
  }

  HandlerLimits cachingFor(Duration most) {
    return new HandlerLimits(
        conflictRetriesMax,
        cachedEventsMax,
        most,
        commandsRememberedMin,
        queuedPerStreamMax,
        queuedMax);
  }
}
