package io.kiroku.eventstore;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Commands of one stream as a snapshot keeps them, oldest first: read as they are, and only when
/// somebody looks for one is it found out where each of them stands.
///
/// Each takes 38 bytes: id (16), the first 16 bytes of the request's hash, its first revision (4)
/// and the number of its events (2). They follow the revision before which others were forgotten
/// (8).
final class PackedCommands {
  static final PackedCommands NONE = new PackedCommands(new byte[Long.BYTES]);

  private static final int ENTRY_BYTES = 16 + 16 + Integer.BYTES + Short.BYTES;
  private static final HexFormat HEX = HexFormat.of();

  private final ByteBuffer bytes;
  private int forgotten;
  private int @Nullable [] places;

  /// @param packed see [#pack]
  PackedCommands(byte[] packed) {
    if ((packed.length - Long.BYTES) % ENTRY_BYTES != 0) {
      throw new IllegalArgumentException(packed.length + " bytes are no commands");
    }
    this.bytes = ByteBuffer.wrap(packed);
  }

  /// @param newer than those of `older`, in the order in which they came
  static byte[] pack(long forgottenBefore, PackedCommands older, Map<UUID, SeenCommand> newer) {
    ByteBuffer packed =
        ByteBuffer.allocate(Long.BYTES + (older.size() + newer.size()) * ENTRY_BYTES);
    packed.putLong(forgottenBefore);
    packed.put(older.bytes.duplicate().position(older.place(older.forgotten)));
    newer.forEach((id, seen) -> {
      packed.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
      packed.put(hash(seen.requestHash()));
      packed.putInt(Math.toIntExact(seen.first()));
      packed.putShort((short) (seen.last() - seen.first()));
    });
    return packed.array();
  }

  /// What is no hash becomes zeros: such a command is not taken for the same request again.
  private static byte[] hash(String requestHash) {
    try {
      return Arrays.copyOf(HEX.parseHex(requestHash), 16);
    } catch (IllegalArgumentException _) {
      return new byte[16];
    }
  }

  long forgottenBefore() {
    return bytes.getLong(0);
  }

  int size() {
    return (bytes.capacity() - Long.BYTES) / ENTRY_BYTES - forgotten;
  }

  @Nullable SeenCommand get(UUID id) {
    if (size() == 0) {
      return null;
    }
    int[] found = places();
    for (int slot = slot(id.getLeastSignificantBits(), found); ; slot = next(slot, found)) {
      int at = found[slot];
      if (at == 0) {
        return null;
      }
      if (bytes.getLong(at + Long.BYTES) == id.getLeastSignificantBits()
          && bytes.getLong(at) == id.getMostSignificantBits()) {
        return at < place(forgotten) ? null : at(at);
      }
    }
  }

  /// Forgets the oldest of all.
  ///
  /// @return its last revision
  long forgetEldest() {
    return at(place(forgotten++)).last();
  }

  private SeenCommand at(int place) {
    String hash = HEX.formatHex(bytes.array(), place + 16, place + 32);
    long first = bytes.getInt(place + 32);
    return new SeenCommand(hash, first, first + Short.toUnsignedInt(bytes.getShort(place + 36)));
  }

  private static int place(int entry) {
    return Long.BYTES + entry * ENTRY_BYTES;
  }

  /// By the last bits of the ids, which are as good as random; the next free slot if one is taken.
  private int[] places() {
    int[] made = places;
    if (made == null) {
      made = new int[Integer.highestOneBit(Math.max(1, size()) * 4)];
      for (int at = place(forgotten); at < bytes.capacity(); at += ENTRY_BYTES) {
        int slot = slot(bytes.getLong(at + Long.BYTES), made);
        while (made[slot] != 0) {
          slot = next(slot, made);
        }
        made[slot] = at;
      }
      places = made;
    }
    return made;
  }

  private static int slot(long lastBits, int[] places) {
    return (int) lastBits & (places.length - 1);
  }

  private static int next(int slot, int[] places) {
    return slot + 1 & (places.length - 1);
  }
}
