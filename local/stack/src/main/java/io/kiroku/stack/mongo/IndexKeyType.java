package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.backend.KeyValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/// Keys of indexes: one text as such, anything else the way the store does by itself. The store's
/// own type serializes both keys for each comparison.
///
/// An index is only asked for equal keys. Its order is that of serialized keys, in which files may
/// have been written: shorter texts first.
final class IndexKeyType extends BasicDataType<KeyValue> {
  /// No type of [ObjectDataType] begins so.
  private static final byte TEXT = 127;

  private static final int BYTES = 80;

  private final ObjectDataType serialized = new ObjectDataType();

  @Override
  public int compare(KeyValue left, KeyValue right) {
    if (isText(left) && isText(right)) {
      String first = text(left);
      String second = text(right);
      int lengths = Integer.compare(encodedLength(first), encodedLength(second));
      return lengths == 0 ? first.compareTo(second) : lengths;
    }
    return serialized.compare(left, right);
  }

  @Override
  public int getMemory(KeyValue key) {
    return isText(key) ? BYTES + text(key).length() : serialized.getMemory(key);
  }

  @Override
  public void write(WriteBuffer target, KeyValue key) {
    if (isText(key)) {
      byte[] bytes = text(key).getBytes(StandardCharsets.UTF_8);
      target.put(TEXT).putVarInt(bytes.length).put(bytes);
    } else {
      serialized.write(target, key);
    }
  }

  @Override
  public KeyValue read(ByteBuffer source) {
    if (source.get(source.position()) != TEXT) {
      return (KeyValue) serialized.read(source);
    }
    source.get();
    byte[] bytes = new byte[DataUtils.readVarInt(source)];
    source.get(bytes);
    return new KeyValue(new String(bytes, StandardCharsets.UTF_8));
  }

  /// In the modified UTF-8 of serialized objects.
  private static int encodedLength(String text) {
    int length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit > 0x7F || unit == 0) {
        length += unit > 0x7FF ? 2 : 1;
      }
    }
    return length;
  }

  private static boolean isText(KeyValue key) {
    return key.size() == 1 && key.get(0) instanceof String;
  }

  private static String text(KeyValue key) {
    return (String) key.get(0);
  }

  @Override
  public KeyValue[] createStorage(int size) {
    return new KeyValue[size];
  }
}
