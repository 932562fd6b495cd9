package io.kiroku.chaos.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kiroku.chaos.audit.Messages.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A log that tests write, and the messages that a faithful publisher would make of it.
final class History {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MONEY = "{\"minorUnits\":%d,\"currency\":\"JPY\"}";

  private final List<LoggedEvent> events = new ArrayList<>();
  private final Map<String, Long> revisions = new HashMap<>();

  /// Order `o` of 2 pieces of product `p`, fulfilled without a hitch.
  static History ofConfirmedOrder() {
    return new History()
        .add("stock-p", "stock-received", "{\"quantity\":10}")
        .placed()
        .add("fulfillment-o", "saga-started", "{}")
        .requested("reserve-inventory")
        .add("stock-p", "stock-reserved", "{\"quantity\":2}")
        .requested("process-payment")
        .add("payment-o", "payment-captured", "{\"amount\":" + MONEY.formatted(3000) + "}")
        .add("stock-p", "stock-committed", "{\"quantity\":2}")
        .add("order-o", "order-confirmed", "{}")
        .add("fulfillment-o", "saga-completed", "{}");
  }

  /// The order goes to its customer and comes back whole.
  History givenBack() {
    return add("order-o", "order-shipped", "{}")
        .add("order-o", "order-delivered", "{}")
        .add("order-o", "order-return-requested", "{}")
        .add("return-o", "saga-started", "{}")
        .add("shipment-o", "returned-goods-received", "{}")
        .add("stock-p", "stock-returned", "{\"quantity\":2}")
        .add("payment-o", "payment-refunded", "{\"amount\":" + MONEY.formatted(3000) + "}")
        .add("order-o", "order-returned", "{}")
        .add("return-o", "saga-completed", "{}");
  }

  private History placed() {
    return add(
        "order-o",
        "order-placed",
        "{\"lines\":[{\"productId\":\"p\",\"quantity\":2}],\"total\":"
            + MONEY.formatted(3000)
            + "}");
  }

  History requested(String step) {
    return add(
        "fulfillment-o",
        "saga-step-requested",
        "{\"step\":\"%s\",\"attempt\":1,\"commands\":[{}]}".formatted(step));
  }

  History add(String stream, String type, String json) {
    long revision = revisions.merge(stream, 1L, Long::sum) - 1;
    int dash = stream.indexOf('-');
    try {
      events.add(
          new LoggedEvent(
              UUID.randomUUID(),
              stream,
              stream.substring(0, dash),
              stream.substring(dash + 1),
              revision,
              10L * events.size(),
              type + ".v1",
              JSON.readTree(json),
              null));
    } catch (JsonProcessingException mistake) {
      throw new IllegalArgumentException(mistake);
    }
    return this;
  }

  History without(String type) {
    events.removeIf(event -> event.is(type));
    return this;
  }

  LogFacts facts() {
    return new LogFacts(
        List.copyOf(events),
        events.stream().collect(groupingBy(LoggedEvent::stream, LinkedHashMap::new, toList())));
  }

  List<Message> messages() {
    List<Message> messages = new ArrayList<>();
    for (LoggedEvent event : events) {
      messages.add(message("kiroku." + event.category() + ".events", event, 0));
      for (int i = 0; i < event.data().path("commands").size(); i++) {
        messages.add(message("kiroku.payment.commands", event, i + 1));
      }
    }
    return messages;
  }

  private static Message message(String topic, LoggedEvent cause, int index) {
    return new Message(
        topic,
        0,
        cause.subject(),
        cause.id() + "/" + index,
        cause.id().toString(),
        cause.stream(),
        cause.revision(),
        cause.position());
  }
}
