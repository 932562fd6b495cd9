package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;

/// Documents as the bytes that MongoDB gives them.
final class Bson {
  private Bson() {}

  static byte[] encode(Document document) {
    ByteBuf bson = Unpooled.buffer();
    BsonEncoder.encodeDocument(document, bson);
    return Arrays.copyOf(bson.array(), bson.readableBytes());
  }

  static Document decode(byte[] bson) {
    return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bson));
  }
}
