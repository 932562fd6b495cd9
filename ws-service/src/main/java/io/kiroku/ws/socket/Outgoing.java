package io.kiroku.ws.socket;

import io.micrometer.core.instrument.Counter;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// What is on its way to one client, bounded. To be used on the socket's event loop: its order of
/// calls is the order on the wire.
final class Outgoing {
  private static final Logger LOG = Logger.getLogger(Outgoing.class);

  private final WebSocketConnection connection;
  private final long charactersMax;
  private final Counter slow;
  private final AtomicLong charactersWaiting = new AtomicLong();
  private boolean closing;

  Outgoing(WebSocketConnection connection, long charactersMax, Counter slow) {
    this.connection = connection;
    this.charactersMax = charactersMax;
    this.slow = slow;
  }

  /// Sends, or closes a socket whose client does not keep up.
  void send(String text) {
    if (closing) {
      return;
    }
    if (charactersWaiting.addAndGet(text.length()) > charactersMax) {
      slow.increment();
      close(CloseReasons.TOO_SLOW);
      return;
    }
    connection
        .sendText(text)
        .subscribe()
        .with(_ -> charactersWaiting.addAndGet(-text.length()), this::failed);
  }

  void close(CloseReason reason) {
    if (closing) {
      return;
    }
    closing = true;
    LOG.debugf("Closing %s: %s", connection.id(), reason);
    connection.close(reason).subscribe().with(_ -> {}, this::failed);
  }

  // The end of the connection is told by its close event, not here.
  private void failed(Throwable failure) {
    LOG.debugf(failure, "Socket %s did not take it", connection.id());
  }
}
