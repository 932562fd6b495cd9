package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.jspecify.annotations.Nullable;

/// Keys of a [SortedIndex]: values in MongoDB's order, the first decides. One that another begins
/// with comes before it.
final class SortedKeyType extends BasicDataType<@Nullable Object[]> {
  static final SortedKeyType INSTANCE = new SortedKeyType();

  private static final String VALUES = "v";

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
    BsonType.INSTANCE.write(target, Bson.encode(new Document(VALUES, Arrays.asList(key))));
  }

  @Override
  public @Nullable Object[] read(ByteBuffer source) {
    Document key = Bson.decode(BsonType.INSTANCE.read(source));
    return Objects.requireNonNull((List<?>) key.get(VALUES)).toArray();
  }

  @Override
  public @Nullable Object[][] createStorage(int size) {
    return new @Nullable Object[size][];
  }
}
