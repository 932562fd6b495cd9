package io.kiroku.command.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.kiroku.samples.Samples;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Which facts others hear of, by the samples of all there are.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PublishedEventsTest {
  private static final List<Optional<Published>> ALL =
      Stream.of(
              Samples.CATEGORY_EVENTS.stream().map(CatalogMessages::of),
              Samples.PRODUCT_EVENTS.stream().map(CatalogMessages::of),
              Samples.SHELF_EVENTS.stream().map(CatalogMessages::of),
              Samples.STOCK_EVENTS.stream().map(InventoryMessages::of),
              Samples.ORDER_EVENTS.stream().map(OrderingMessages::of),
              Samples.PAYMENT_EVENTS.stream().map(PaymentMessages::of),
              Samples.SHIPMENT_EVENTS.stream().map(ShippingMessages::of))
          .flatMap(messages -> messages)
          .toList();

  @Test
  void what_is_between_a_context_and_its_process_or_customer_stays_private() {
    // One of products, all four of shelves, two of stock, eight of orders, three of payments, five
    // of shipments.
    assertThat(ALL.stream().filter(Optional::isEmpty)).hasSize(23);
  }

  @Test
  void every_message_fills_its_envelope_and_each_kind_has_one() {
    List<Published> messages = ALL.stream().flatMap(Optional::stream).toList();
    assertThat(messages).extracting(Published::type).doesNotHaveDuplicates();
    assertThat(messages).allSatisfy(message -> assertThat(content(message)).isTrue());
  }

  private static boolean content(Published message) {
    Message envelope = message.envelope();
    return envelope.getOneofFieldDescriptor(envelope.getDescriptorForType().getOneofs().getFirst())
        != null;
  }
}
