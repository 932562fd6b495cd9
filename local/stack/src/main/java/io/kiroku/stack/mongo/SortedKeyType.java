package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/// Keys of a [SortedIndex]: values in MongoDB's order, the first decides. One that another begins
/// with comes before it.
final class SortedKeyType extends BasicDataType<@Nullable Object[]> {
  static final SortedKeyType INSTANCE = new SortedKeyType();

  private static final String VALUES = "v";

  /// Neither BSON of ours nor a type of the store's own begins so.
  private static final byte PLAIN = 126;

  private static final byte NOTHING = 0;
  private static final byte TEXT = 1;
  private static final byte LONG = 2;
  private static final byte INT = 3;
  private static final byte TIME = 4;

  private static final int OBJECT_BYTES = 24;

  private SortedKeyType() {}

  @Override
  public int compare(@Nullable Object[] left, @Nullable Object[] right) {
    int common = Math.min(left.length, right.length);
    for (int i = 0; i < common; i++) {
      int order = ValueComparator.asc().compare(left[i], right[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.length, right.length);
  }

  boolean beginsWith(@Nullable Object[] key, List<Object> values) {
    for (int i = 0; i < values.size(); i++) {
      if (ValueComparator.asc().compare(key[i], values.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }

  /// An estimate: nearly all values are texts, numbers and times.
  @Override
  public int getMemory(@Nullable Object[] key) {
    int bytes = OBJECT_BYTES;
    for (Object value : key) {
      bytes += OBJECT_BYTES + (value instanceof String text ? text.length() : 0);
    }
    return bytes;
  }

  @Override
  public void write(WriteBuffer target, @Nullable Object[] key) {
    if (!isPlain(key)) {
      BsonType.INSTANCE.write(target, Bson.encode(new Document(VALUES, Arrays.asList(key))));
      return;
    }
    target.put(PLAIN).putVarInt(key.length);
    for (Object value : key) {
      switch (value) {
        case String text -> {
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          target.put(TEXT).putVarInt(bytes.length).put(bytes);
        }
        case Long number -> target.put(LONG).putLong(number);
        case Integer number -> target.put(INT).putInt(number);
        case Instant time -> target.put(TIME).putLong(time.toEpochMilli());
        case null, default -> target.put(NOTHING);
      }
    }
  }

  /// Nearly all keys are; the others are written as BSON, which knows everything.
  private static boolean isPlain(@Nullable Object[] key) {
    for (Object value : key) {
      boolean plain =
          switch (value) {
            case null -> true;
            case String _, Long _, Integer _, Instant _ -> true;
            default -> false;
          };
      if (!plain) {
        return false;
      }
    }
    return true;
  }

  @Override
  public @Nullable Object[] read(ByteBuffer source) {
    if (source.get(source.position()) != PLAIN) {
      Document key = Bson.decode(BsonType.INSTANCE.read(source));
      return Objects.requireNonNull((List<?>) key.get(VALUES)).toArray();
    }
    source.get();
    @Nullable Object[] key = new @Nullable Object[DataUtils.readVarInt(source)];
    for (int i = 0; i < key.length; i++) {
      key[i] = readValue(source);
    }
    return key;
  }

  private static @Nullable Object readValue(ByteBuffer source) {
    return switch (source.get()) {
      case TEXT -> {
        byte[] bytes = new byte[DataUtils.readVarInt(source)];
        source.get(bytes);
        yield new String(bytes, StandardCharsets.UTF_8);
      }
      case LONG -> source.getLong();
      case INT -> source.getInt();
      case TIME -> Instant.ofEpochMilli(source.getLong());
      default -> null;
    };
  }

  @Override
  public @Nullable Object[][] createStorage(int size) {
    return new @Nullable Object[size][];
  }
}
