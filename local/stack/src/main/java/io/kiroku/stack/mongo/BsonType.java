package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.bson.Document;
import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/// Keeps documents as [Bson], on the disk and in memory: a page of them is read and written as
/// bytes, and no collection of garbage has to copy their fields.
///
/// A file may still hold documents that the store's own type serialized as Java objects; they are
/// read, and written as BSON when their page changes.
final class BsonType extends BasicDataType<byte[]> {
  static final BsonType INSTANCE = new BsonType();

  /// No type of [ObjectDataType] begins so.
  private static final byte BSON = 127;

  private static final int ARRAY_BYTES = 16;

  private final ObjectDataType serialized = new ObjectDataType();

  private BsonType() {}

  @Override
  public int getMemory(byte[] bson) {
    return ARRAY_BYTES + bson.length;
  }

  @Override
  public void write(WriteBuffer target, byte[] bson) {
    target.put(BSON).put(bson);
  }

  @Override
  public byte[] read(ByteBuffer source) {
    if (source.get(source.position()) != BSON) {
      return Bson.encode((Document) serialized.read(source));
    }
    source.get();
    // BSON begins with its own length, the lowest byte first.
    byte[] bson = new byte[Integer.reverseBytes(source.getInt(source.position()))];
    source.get(bson);
    return bson;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}
