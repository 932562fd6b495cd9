package io.kiroku.service.testing;

import com.google.protobuf.Timestamp;
import io.kiroku.proto.fulfillment.v1.FulfillmentCompleted;
import io.kiroku.proto.fulfillment.v1.FulfillmentEvent;
import io.kiroku.proto.fulfillment.v1.FulfillmentStarted;
import io.kiroku.proto.fulfillment.v1.FulfillmentStepCompleted;
import io.kiroku.proto.fulfillment.v1.FulfillmentStepRequested;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MessageHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Publishes fulfillments as the outbox does.
public final class Fulfillments implements AutoCloseable {
  public static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  public static final List<String> STEPS = List.of("reserve-inventory", "process-payment");
  private static final String TOPIC = "kiroku.fulfillment.events";

  private final Producer<String, byte[]> producer;

  public Fulfillments(String bootstrap) {
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrap, "linger.ms", 0),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /// A whole fulfillment of two steps: six messages.
  public void complete(String jobId, String user) {
    send(
        jobId,
        user,
        0,
        "started",
        e -> e.setStarted(FulfillmentStarted.newBuilder().addAllSteps(STEPS)));
    long revision = 1;
    for (String step : STEPS) {
      send(
          jobId,
          user,
          revision++,
          "step-requested",
          e ->
              e.setStepRequested(
                  FulfillmentStepRequested.newBuilder().setStep(step).setAttempt(1)));
      send(
          jobId,
          user,
          revision++,
          "step-completed",
          e -> e.setStepCompleted(FulfillmentStepCompleted.newBuilder().setStep(step)));
    }
    send(
        jobId,
        user,
        revision,
        "completed",
        e -> e.setCompleted(FulfillmentCompleted.newBuilder().setConsistencyToken("token")));
  }

  /// What nobody can read.
  public void garbage(String orderId) {
    join(new ProducerRecord<>(TOPIC, orderId, new byte[] {42, 42, 42}));
  }

  private void send(
      String jobId,
      String user,
      long revision,
      String type,
      java.util.function.Consumer<FulfillmentEvent.Builder> what) {
    FulfillmentEvent.Builder event =
        FulfillmentEvent.newBuilder()
            .setOrderId("order-of-" + jobId)
            .setJobId(jobId)
            .setUserId(user)
            .setOccurredAt(Timestamp.newBuilder().setSeconds(Instant.now().getEpochSecond()));
    what.accept(event);
    var message =
        new ProducerRecord<>(
            TOPIC,
            "order-of-" + jobId,
            ConfluentFraming.frame(TestSchemaRegistry.SCHEMA_ID, event.build()));
    new MessageHeaders(
            UUID.randomUUID(),
            "saga-" + type + ".v1",
            "fulfillment-order-of-" + jobId,
            revision,
            5000 + revision,
            UUID.fromString(jobId),
            UUID.randomUUID(),
            "default",
            "00-" + TRACE_ID + "-b7ad6b7169203331-01")
        .writeTo(message.headers());
    join(message);
  }

  private void join(ProducerRecord<String, byte[]> message) {
    try {
      producer.send(message).get();
    } catch (InterruptedException | java.util.concurrent.ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
