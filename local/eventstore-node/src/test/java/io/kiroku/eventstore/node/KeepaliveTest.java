package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Clients ping every 10 s, also on idle connections; a server with gRPC's defaults hangs up on the
/// third ping. Spoken in raw HTTP/2, because grpc-java's own client does not ping more often.
final class KeepaliveTest {
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int PINGS = 4;
  private static final long INTERVAL_MILLIS = 1_100;

  @Test
  void idle_connection_may_be_pinged_every_second() throws Exception {
    try (EventStoreNode node = EventStoreNode.inMemory().start();
        Socket socket = new Socket(node.host(), node.port());
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      socket.setSoTimeout(20_000);
      var out = socket.getOutputStream();
      out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.write(frame(SETTINGS, new byte[0]));
      AtomicInteger sent = new AtomicInteger();
      var pings =
          clock.scheduleAtFixedRate(
              () -> ping(socket, sent), INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
      assertThat(answeredPings(new DataInputStream(socket.getInputStream()))).isEqualTo(PINGS);
      pings.cancel(true);
    }
  }

  private static void ping(Socket socket, AtomicInteger sent) {
    try {
      if (sent.getAndIncrement() < PINGS) {
        socket.getOutputStream().write(frame(PING, new byte[8]));
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Counts answers until all are there or the server says goodbye.
  private static int answeredPings(DataInputStream in) throws IOException {
    int answered = 0;
    while (answered < PINGS) {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int type = in.readUnsignedByte();
      in.skipNBytes(5L + length);
      if (type == GOAWAY) {
        return -answered;
      }
      answered += type == PING ? 1 : 0;
    }
    return answered;
  }

  private static byte[] frame(int type, byte[] payload) {
    return ByteBuffer.allocate(9 + payload.length)
        .put((byte) 0)
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) 0)
        .putInt(0)
        .put(payload)
        .array();
  }
}
