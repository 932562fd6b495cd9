package io.kiroku.eventstore;

/// A command that a stream has answered with events.
///
/// @param requestHash see [CommandIds#requestHash]; only its first [#HASH_LENGTH] characters count
/// @param first revision of the command's first event
/// @param last revision of its last
public record SeenCommand(String requestHash, long first, long last) {
  /// 128 bits: enough to tell two requests under one command id apart.
  public static final int HASH_LENGTH = 32;

  public SeenCommand {
    requestHash = shortened(requestHash);
  }

  public boolean hasHash(String hash) {
    return requestHash.equals(shortened(hash));
  }

  private static String shortened(String hash) {
    return hash.length() <= HASH_LENGTH ? hash : hash.substring(0, HASH_LENGTH);
  }
}
