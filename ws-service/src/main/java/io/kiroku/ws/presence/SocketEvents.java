package io.kiroku.ws.presence;

import com.google.protobuf.Timestamp;
import io.kiroku.proto.socket.v1.SocketConnected;
import io.kiroku.proto.socket.v1.SocketDisconnected;
import io.kiroku.proto.socket.v1.SocketEvent;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.SchemaIds;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/// Tells Kafka who came and who went. A bounded queue stands between, because Kafka's client blocks
/// its caller while the brokers are away; what does not fit is counted and dropped.
@ApplicationScoped
class SocketEvents implements Runnable {
  private static final Logger LOG = Logger.getLogger(SocketEvents.class);

  private final Producer<String, byte[]> producer;
  private final SchemaIds schemas;
  private final PresenceConfig config;
  private final BlockingQueue<SocketEvent> waiting;
  private final Counter dropped;
  private volatile boolean running = true;

  SocketEvents(
      Producer<String, byte[]> producer,
      SchemaIds schemas,
      PresenceConfig config,
      MeterRegistry metrics) {
    this.producer = producer;
    this.schemas = schemas;
    this.config = config;
    this.waiting = new ArrayBlockingQueue<>(config.waitingMax());
    this.dropped = metrics.counter("kiroku.ws.socket.events.dropped");
  }

  void connected(String userId, String connectionId) {
    offer(event(userId, connectionId).setConnected(SocketConnected.getDefaultInstance()).build());
  }

  void disconnected(String userId, String connectionId, int closeCode) {
    var why = SocketDisconnected.newBuilder().setCloseCode(closeCode).build();
    offer(event(userId, connectionId).setDisconnected(why).build());
  }

  void stop() {
    running = false;
  }

  @Override
  public void run() {
    try {
      int schemaId = schemas.of(config.topic()).await().indefinitely();
      while (running) {
        send(waiting.take(), schemaId);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(SocketEvent event, int schemaId) {
    try {
      var message =
          new ProducerRecord<>(
              config.topic(), event.getUserId(), ConfluentFraming.frame(schemaId, event));
      var _ =
          producer.send(
              message,
              (_, failure) -> {
                if (failure != null) {
                  lost(failure);
                }
              });
    } catch (RuntimeException failure) {
      lost(failure);
    }
  }

  private void lost(Exception failure) {
    dropped.increment();
    LOG.debugf("Not told: %s", failure.getMessage());
  }

  private void offer(SocketEvent event) {
    if (!waiting.offer(event)) {
      dropped.increment();
    }
  }

  private static SocketEvent.Builder event(String userId, String connectionId) {
    Instant now = Instant.now();
    return SocketEvent.newBuilder()
        .setConnectionId(connectionId)
        .setUserId(userId)
        .setOccurredAt(
            Timestamp.newBuilder().setSeconds(now.getEpochSecond()).setNanos(now.getNano()));
  }
}
