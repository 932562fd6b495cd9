package io.kiroku.eventstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The latest commands of one stream. What it has to forget is found in [OlderCommands].
final class CommandLedger {
  private static final int ENTRY_BYTES_MIN = 16 + 1 + 2 * Long.BYTES;

  private final int most;
  private final LinkedHashMap<UUID, SeenCommand> commands = new LinkedHashMap<>();
  private long forgottenBefore;

  /// @param most how many commands it holds at least, once there are so many; it forgets a tenth at
  ///   once, so that who looks for older ones need not follow every command
  CommandLedger(int most) {
    this.most = most;
  }

  void add(UUID commandId, String requestHash, long revision) {
    SeenCommand seen = commands.get(commandId);
    long first = seen == null ? revision : seen.first();
    commands.put(commandId, new SeenCommand(requestHash, first, revision));
    if (commands.size() > most + most / 10 + 1) {
      forgetDownTo(most);
    }
  }

  private void forgetDownTo(int size) {
    Iterator<SeenCommand> eldest = commands.values().iterator();
    while (commands.size() > size) {
      forgottenBefore = Math.max(forgottenBefore, eldest.next().last() + 1);
      eldest.remove();
    }
  }

  @Nullable SeenCommand get(UUID commandId) {
    return commands.get(commandId);
  }

  /// Events before this revision may be of commands that are not here any more.
  long forgottenBefore() {
    return forgottenBefore;
  }

  int size() {
    return commands.size();
  }

  /// Each command as id, hash, first and last revision, after the revision before which it forgot.
  byte[] packed() {
    int hashes = commands.values().stream().mapToInt(seen -> seen.requestHash().length()).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + commands.size() * ENTRY_BYTES_MIN + hashes * 3);
    bytes.putLong(forgottenBefore);
    commands.forEach((id, seen) -> {
      byte[] hash = seen.requestHash().getBytes(StandardCharsets.UTF_8);
      bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
      bytes.put((byte) hash.length).put(hash).putLong(seen.first()).putLong(seen.last());
    });
    byte[] packed = new byte[bytes.position()];
    bytes.flip().get(packed);
    return packed;
  }

  static CommandLedger unpacked(byte[] packed, int most) {
    CommandLedger ledger = new CommandLedger(most);
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    ledger.forgottenBefore = bytes.getLong();
    while (bytes.hasRemaining()) {
      UUID id = new UUID(bytes.getLong(), bytes.getLong());
      byte[] hash = new byte[Byte.toUnsignedInt(bytes.get())];
      bytes.get(hash);
      ledger.commands.put(
          id,
          new SeenCommand(
              new String(hash, StandardCharsets.UTF_8), bytes.getLong(), bytes.getLong()));
    }
    ledger.forgetDownTo(Math.max(most, 1));
    return ledger;
  }
}
