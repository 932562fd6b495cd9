package io.kiroku.service.kafka;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The Confluent wire format of Protobuf values: `00`, the schema id as a big-endian int, the path
/// of the message type, the message.
///
/// https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format
public final class ConfluentFraming {
  private static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  // No .proto nests deeper; more is a sign of bytes that are something else.
  private static final int DEPTH_MAX = 16;

  private ConfluentFraming() {}

  /// Frames the first message type of its file, which is what each of our topics carries.
  public static byte[] frame(int schemaId, Message message) {
    return frame(schemaId, List.of(0), message);
  }

  public static byte[] frame(int schemaId, List<Integer> indexes, Message message) {
    byte[] path = encode(indexes);
    int size = message.getSerializedSize();
    ByteBuffer framed = ByteBuffer.allocate(HEADER_BYTES + path.length + size);
    framed.put(MAGIC).putInt(schemaId).put(path);
    try {
      message.writeTo(CodedOutputStream.newInstance(framed));
    } catch (IOException impossible) {
      throw new IllegalStateException("the buffer has the message's own size", impossible);
    }
    return framed.array();
  }

  /// Fails with [MalformedFrame] for anything else than a framed message.
  public static Frame unframe(byte[] framed) {
    if (framed.length <= HEADER_BYTES || framed[0] != MAGIC) {
      throw new MalformedFrame("not in the Confluent wire format");
    }
    int schemaId = ByteBuffer.wrap(framed, 1, Integer.BYTES).getInt();
    CodedInputStream rest =
        CodedInputStream.newInstance(framed, HEADER_BYTES, framed.length - HEADER_BYTES);
    try {
      List<Integer> indexes = decode(rest);
      int start = HEADER_BYTES + rest.getTotalBytesRead();
      return new Frame(
          schemaId, indexes, ByteString.copyFrom(framed, start, framed.length - start));
    } catch (IOException truncated) {
      throw new MalformedFrame("broken message path", truncated);
    }
  }

  static byte[] encode(List<Integer> indexes) {
    // The common case has a form of its own: a single 0 for [0].
    if (indexes.equals(List.of(0))) {
      return new byte[] {0};
    }
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      out.writeSInt32NoTag(indexes.size());
      for (int index : indexes) {
        out.writeSInt32NoTag(index);
      }
      out.flush();
    } catch (IOException impossible) {
      throw new IllegalStateException("memory does not fail to be written", impossible);
    }
    return bytes.toByteString().toByteArray();
  }

  private static List<Integer> decode(CodedInputStream in) throws IOException {
    int depth = in.readSInt32();
    if (depth == 0) {
      return List.of(0);
    }
    if (depth < 0 || depth > DEPTH_MAX) {
      throw new MalformedFrame("message path of " + depth + " elements");
    }
    List<Integer> indexes = new ArrayList<>(depth);
    for (int i = 0; i < depth; i++) {
      indexes.add(in.readSInt32());
    }
    return List.copyOf(indexes);
  }
}
