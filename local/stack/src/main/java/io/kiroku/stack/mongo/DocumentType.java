package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;
import org.jspecify.annotations.Nullable;

/// Writes documents as BSON. The store's own type serializes Java objects, which took half of all
/// allocations of the process under load.
///
/// A file may still hold documents that were serialized so; they are read, and written as BSON when
/// they change.
final class DocumentType extends BasicDataType<Document> {
  /// No type of [ObjectDataType] begins so.
  private static final byte BSON = 127;

  private static final int OBJECT_BYTES = 24;
  private static final int ENTRY_BYTES = 48;

  private final ObjectDataType serialized = new ObjectDataType();

  /// An estimate in bytes, by which the store cuts pages and bounds its cache.
  @Override
  public int getMemory(Document document) {
    return size(document);
  }

  private static int size(@Nullable Object value) {
    return switch (value) {
      case String text -> OBJECT_BYTES + text.length();
      case Map<?, ?> fields -> {
        int size = OBJECT_BYTES;
        for (Object field : fields.values()) {
          size += ENTRY_BYTES + size(field);
        }
        yield size;
      }
      case Collection<?> elements -> {
        int size = OBJECT_BYTES;
        for (Object element : elements) {
          size += size(element);
        }
        yield size;
      }
      case null, default -> OBJECT_BYTES;
    };
  }

  @Override
  public void write(WriteBuffer target, Document document) {
    ByteBuf bson = Unpooled.buffer();
    BsonEncoder.encodeDocument(document, bson);
    target.put(BSON).put(bson.nioBuffer());
  }

  @Override
  public Document read(ByteBuffer source) {
    if (source.get(source.position()) != BSON) {
      return (Document) serialized.read(source);
    }
    ByteBuf bson = Unpooled.wrappedBuffer(source.position(source.position() + 1));
    Document document = BsonDecoder.decodeBson(bson);
    source.position(source.position() + bson.readerIndex());
    return document;
  }

  @Override
  public Document[] createStorage(int size) {
    return new Document[size];
  }
}
