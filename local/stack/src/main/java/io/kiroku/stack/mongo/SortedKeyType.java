package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.StringDataType;
import org.jspecify.annotations.Nullable;

/// Keys of a [SortedIndex]: values in MongoDB's order, the first decides. One that another begins
/// with comes before it.
final class SortedKeyType extends BasicDataType<@Nullable Object[]> {
  static final SortedKeyType INSTANCE = new SortedKeyType();

  private static final String VALUES = "v";

  /// Neither a key that was written as BSON as a whole nor a type of the store's own begins so.
  private static final byte PLAIN = 126;

  private static final byte NOTHING = 0;
  private static final byte TEXT = 1;
  private static final byte LONG = 2;
  private static final byte INT = 3;
  private static final byte TIME = 4;

  /// Anything else that BSON knows.
  private static final byte OTHER = 5;

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
    target.put(PLAIN).putVarInt(key.length);
    for (Object value : key) {
      switch (value) {
        case null -> target.put(NOTHING);
        case String text -> StringDataType.INSTANCE.write(target.put(TEXT), text);
        case Long number -> target.put(LONG).putLong(number);
        case Integer number -> target.put(INT).putInt(number);
        case Instant time -> target.put(TIME).putLong(time.toEpochMilli());
        default ->
            BsonType.INSTANCE.write(target.put(OTHER), Bson.encode(new Document(VALUES, value)));
      }
    }
  }

  @Override
  public @Nullable Object[] read(ByteBuffer source) {
    if (source.get(source.position()) != PLAIN) {
      return Objects.requireNonNull((List<?>) readBson(source)).toArray();
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
      case TEXT -> StringDataType.INSTANCE.read(source);
      case LONG -> source.getLong();
      case INT -> source.getInt();
      case TIME -> Instant.ofEpochMilli(source.getLong());
      case OTHER -> readBson(source);
      default -> null;
    };
  }

  private static @Nullable Object readBson(ByteBuffer source) {
    return Bson.decode(BsonType.INSTANCE.read(source)).get(VALUES);
  }

  @Override
  public @Nullable Object[][] createStorage(int size) {
    return new @Nullable Object[size][];
  }
}
