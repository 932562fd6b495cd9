package io.kiroku.eventstore;

import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The latest commands of one stream. What it has to forget is found in [OlderCommands].
final class CommandLedger {
  private final int most;
  private final PackedCommands ofSnapshot;
  private final LinkedHashMap<UUID, SeenCommand> newer = new LinkedHashMap<>();
  private long forgottenBefore;

  /// @param most how many commands it holds at least, once there are so many; it forgets a tenth at
  ///   once, so that who looks for older ones need not follow every command
  CommandLedger(int most) {
    this(most, PackedCommands.NONE);
  }

  private CommandLedger(int most, PackedCommands ofSnapshot) {
    this.most = most;
    this.ofSnapshot = ofSnapshot;
    this.forgottenBefore = ofSnapshot.forgottenBefore();
  }

  void add(UUID commandId, String requestHash, long revision) {
    SeenCommand seen = get(commandId);
    long first = seen == null ? revision : seen.first();
    newer.put(commandId, new SeenCommand(requestHash, first, revision));
    if (size() > most + most / 10 + 1) {
      forgetDownTo(most);
    }
  }

  private void forgetDownTo(int size) {
    while (size() > size) {
      long last =
          ofSnapshot.size() > 0
              ? ofSnapshot.forgetEldest()
              : newer.pollFirstEntry().getValue().last();
      forgottenBefore = Math.max(forgottenBefore, last + 1);
    }
  }

  @Nullable SeenCommand get(UUID commandId) {
    SeenCommand seen = newer.get(commandId);
    return seen == null ? ofSnapshot.get(commandId) : seen;
  }

  /// Events before this revision may be of commands that are not here any more.
  long forgottenBefore() {
    return forgottenBefore;
  }

  int size() {
    return ofSnapshot.size() + newer.size();
  }

  byte[] packed() {
    return PackedCommands.pack(forgottenBefore, ofSnapshot, newer);
  }

  static CommandLedger unpacked(byte[] packed, int most) {
    CommandLedger ledger = new CommandLedger(most, new PackedCommands(packed));
    ledger.forgetDownTo(Math.max(most, 1));
    return ledger;
  }
}
