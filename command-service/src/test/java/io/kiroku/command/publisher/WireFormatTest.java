package io.kiroku.command.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.kiroku.command.fulfillment.FulfillmentSaga;
import io.kiroku.command.request.RequestSamples;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.saga.Effect;
import io.kiroku.saga.SagaEvent;
import io.kiroku.samples.SagaSamples;
import io.kiroku.samples.Samples;
import io.kiroku.service.kafka.ConfluentFraming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The values on Kafka, byte for byte. The same file is read by Confluent's own deserializer in
/// `.ci/wire-format`. Written anew with `-Dgolden.write=true`.
@DisplayNameGeneration(ReplaceUnderscores.class)
class WireFormatTest {
  private static final Path FRAMES = Path.of("src/test/resources/frames.txt");
  // Every byte of it is another one.
  private static final int SCHEMA = 0x01020304;
  private static final UUID NIL = new UUID(0, 0);

  private final PublishedSaga<FulfillmentCommand> saga =
      new FulfillmentSaga(new OrderFulfillment(FulfillmentSettings.DEFAULTS));

  @Test
  void every_message_is_framed_as_it_was() throws IOException {
    List<String> frames =
        Stream.of(facts(), commands(), told(), asked())
            .flatMap(messages -> messages)
            .map(WireFormatTest::line)
            .distinct()
            .toList();
    if (Boolean.getBoolean("golden.write")) {
      Files.write(FRAMES, frames);
    }
    assertThat(frames).isEqualTo(Files.readAllLines(FRAMES));
  }

  private static Stream<Published> facts() {
    return Stream.of(
            Samples.CATEGORY_EVENTS.stream().map(CatalogMessages::of),
            Samples.PRODUCT_EVENTS.stream().map(CatalogMessages::of),
            Samples.STOCK_EVENTS.stream().map(InventoryMessages::of),
            Samples.ORDER_EVENTS.stream().map(OrderingMessages::of),
            Samples.PAYMENT_EVENTS.stream().map(PaymentMessages::of),
            Samples.SHIPMENT_EVENTS.stream().map(ShippingMessages::of))
        .flatMap(messages -> messages)
        .flatMap(Optional::stream);
  }

  private Stream<Published> commands() {
    return new OrderFulfillment(FulfillmentSettings.DEFAULTS)
        .plan(Samples.ORDER_PLACED).stream()
            .flatMap(step -> Stream.concat(step.commands().stream(), step.compensations().stream()))
            .map(command ->
                saga.command(
                    Samples.ORDER.toString(),
                    NIL,
                    new Effect.Send<>("a-step", 1, command, "A_REASON")));
  }

  private Stream<Published> told() {
    return SagaSamples.EVENTS.stream().flatMap(event -> saga.message(recorded(event), "").stream());
  }

  /// By programs, and what they are answered.
  private static Stream<Published> asked() {
    return RequestSamples.topics()
        .flatMap(topic ->
            RequestSamples.of(topic)
                .map(envelope -> {
                  Object content = envelope.getAllFields().values().iterator().next();
                  return Published.of(topic, "", (Message) content, envelope);
                }));
  }

  private static Recorded<SagaEvent<FulfillmentCommand>> recorded(
      SagaEvent<FulfillmentCommand> event) {
    var metadata = new EventMetadata(NIL, NIL, NIL, "", "user-1", "default", null, null, 0L);
    StreamId stream = StreamId.of("fulfillment", Samples.ORDER.toString());
    return new Recorded<>(
        new RecordedEvent(NIL, stream, 0, 0, Samples.AT, "any", new byte[0], metadata), event);
  }

  private static String line(Published message) {
    byte[] frame = ConfluentFraming.frame(SCHEMA, message.envelope());
    return message.topic() + " " + message.type() + " " + HexFormat.of().formatHex(frame);
  }
}
