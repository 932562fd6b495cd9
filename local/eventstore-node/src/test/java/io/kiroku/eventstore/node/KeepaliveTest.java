package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Clients ping every 10 s, also on idle connections; a server with gRPC's defaults hangs up on the
/// third ping. Spoken in raw HTTP/2, because grpc-java's own client does not ping more often.
final class KeepaliveTest {
  private static final int PINGS = 4;
  private static final long INTERVAL_MILLIS = 1_100;

  @Test
  void trap_1_idle_connection_may_be_pinged_every_second() throws Exception {
    try (EventStoreNode node = EventStoreNode.inMemory().start();
        RawHttp2 connection = new RawHttp2(node.host(), node.port());
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
      AtomicInteger sent = new AtomicInteger();
      var pings =
          clock.scheduleAtFixedRate(
              () -> ping(connection, sent),
              INTERVAL_MILLIS,
              INTERVAL_MILLIS,
              TimeUnit.MILLISECONDS);
      assertThat(answeredPings(connection)).isEqualTo(PINGS);
      pings.cancel(true);
    }
  }

  private static void ping(RawHttp2 connection, AtomicInteger sent) {
    try {
      if (sent.getAndIncrement() < PINGS) {
        connection.frame(RawHttp2.PING, 0, 0, new byte[8]);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Counts answers until all are there or the server says goodbye.
  private static int answeredPings(RawHttp2 connection) throws IOException {
    int answered = 0;
    while (answered < PINGS) {
      int type = connection.receive();
      if (type == RawHttp2.GOAWAY) {
        return -answered;
      }
      answered += type == RawHttp2.PING ? 1 : 0;
    }
    return answered;
  }
}
