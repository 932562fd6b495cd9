package io.kiroku.eventstore;

import java.util.HexFormat;
import java.util.UUID;

/// Ids that are the same whenever the same request comes again.
public final class CommandIds {
  /// Fixed for ever: other values would make yesterday's commands look new.
  private static final UUID COMMANDS = UUID.fromString("6b697230-6b75-5c0d-8e00-000000000001");

  private CommandIds() {}

  /// @param key the client's idempotency key
  public static UUID commandId(String tenant, String actor, String key) {
    return UuidV5.of(COMMANDS, tenant, actor, key);
  }

  /// Id of what a command creates.
  ///
  /// @param kind `order`, `product`, `category`, `job`…
  public static UUID derived(UUID commandId, String kind) {
    return UuidV5.of(commandId, kind);
  }

  public static UUID eventId(UUID commandId, String requestHash, int index) {
    return UuidV5.of(commandId, requestHash, Integer.toString(index));
  }

  /// Id of an event that a command made happen.
  ///
  /// The data are part of it: a command that comes twice may be decided twice, on different prices
  /// or times, by two processes. With equal ids the store would answer the loser with success and
  /// drop what he decided; with these it answers with a conflict, he reads again, and finds the
  /// first answer.
  static UUID eventId(UUID commandId, String requestHash, int index, byte[] data) {
    return UuidV5.of(eventId(commandId, requestHash, index), data);
  }

  /// Hash of the client's request before anything (prices, times) was added to it.
  public static String requestHash(byte[] request) {
    return HexFormat.of().formatHex(UuidV5.digest("SHA-256").digest(request));
  }
}
