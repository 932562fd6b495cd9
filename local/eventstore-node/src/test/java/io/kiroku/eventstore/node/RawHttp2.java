package io.kiroku.eventstore.node;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One HTTP/2 connection, frame by frame, for what no client's library does.
final class RawHttp2 implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RESET = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;

  private static final int ACKNOWLEDGED = 1;
  private static final int END_HEADERS = 4;
  private static final int FRAME_BYTES_MAX = 16_384;

  private final Socket socket;
  private final DataInputStream in;

  RawHttp2(String host, int port) throws IOException {
    socket = new Socket(host, port);
    socket.setSoTimeout(20_000);
    in = new DataInputStream(socket.getInputStream());
    bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  /// Reads up to the server's settings and agrees to them.
  RawHttp2 agreed() throws IOException {
    while (receive() != SETTINGS) {
      // What comes before does not matter.
    }
    frame(SETTINGS, ACKNOWLEDGED, 0, new byte[0]);
    return this;
  }

  void bytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  void frame(int type, int flags, int stream, byte[] payload) throws IOException {
    bytes(
        ByteBuffer.allocate(9 + payload.length)
            .put((byte) (payload.length >> 16))
            .putShort((short) payload.length)
            .put((byte) type)
            .put((byte) flags)
            .putInt(stream)
            .put(payload)
            .array());
  }

  /// Begins a gRPC call.
  void call(int stream, String method) throws IOException {
    ByteArrayOutputStream headers = new ByteArrayOutputStream();
    header(headers, ":method", "POST");
    header(headers, ":scheme", "http");
    header(headers, ":path", "/" + method);
    header(headers, ":authority", "node");
    header(headers, "content-type", "application/grpc");
    header(headers, "te", "trailers");
    frame(HEADERS, END_HEADERS, stream, headers.toByteArray());
  }

  /// Literal, not indexed, not compressed: RFC 7541, 6.2.2.
  private static void header(ByteArrayOutputStream to, String name, String value) {
    to.write(0);
    for (String text : new String[] {name, value}) {
      to.write(text.length());
      to.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /// Sends the beginning of a gRPC message; all of it if `announced` is its length.
  void message(int stream, int announced, byte[] begun) throws IOException {
    byte[] framed =
        ByteBuffer.allocate(5 + begun.length).put((byte) 0).putInt(announced).put(begun).array();
    for (int at = 0; at < framed.length; at += FRAME_BYTES_MAX) {
      int end = Math.min(framed.length, at + FRAME_BYTES_MAX);
      frame(DATA, 0, stream, Arrays.copyOfRange(framed, at, end));
    }
  }

  /// Type of the next frame, whose content is passed over.
  int receive() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int type = in.readUnsignedByte();
    in.skipNBytes(5L + length);
    return type;
  }

  /// Hangs up in the rudest way.
  void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
