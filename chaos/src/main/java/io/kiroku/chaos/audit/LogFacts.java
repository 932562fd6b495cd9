package io.kiroku.chaos.audit;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The whole log, as it is now: the truth that everything else is compared with.
///
/// @param events in log order
/// @param byStream the same, by stream
record LogFacts(List<LoggedEvent> events, Map<String, List<LoggedEvent>> byStream) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, String> STATUS_AFTER =
      Map.of(
          "order-confirmed.v1", "CONFIRMED",
          "order-cancelled.v1", "CANCELLED",
          "order-shipped.v1", "SHIPPED",
          "order-delivered.v1", "DELIVERED",
          "order-return-requested.v1", "RETURN_REQUESTED",
          "order-returned.v1", "RETURNED");
  private static final int PIECE = 1_000;
  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  static LogFacts read(EventLog log) {
    List<LoggedEvent> events = new ArrayList<>();
    long position = EventLog.START;
    while (true) {
      List<RecordedEvent> piece = log.read(position, PIECE).await().atMost(ANSWER_MAX);
      if (piece.isEmpty()) {
        break;
      }
      piece.forEach(event -> events.add(logged(event)));
      position = piece.getLast().position();
    }
    return new LogFacts(
        events,
        events.stream().collect(groupingBy(LoggedEvent::stream, LinkedHashMap::new, toList())));
  }

  private static LoggedEvent logged(RecordedEvent event) {
    try {
      return LoggedEvent.of(event, JSON.readTree(event.data()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(event + " is no JSON", unreadable);
    }
  }

  List<LoggedEvent> stream(String name) {
    return byStream.getOrDefault(name, List.of());
  }

  /// Orders that were placed.
  List<String> orders() {
    return events.stream()
        .filter(event -> event.is("order-placed"))
        .map(LoggedEvent::subject)
        .distinct()
        .toList();
  }

  boolean has(String stream, String type) {
    return stream(stream).stream().anyMatch(event -> event.is(type));
  }

  boolean isConfirmed(String order) {
    return has("order-" + order, "order-confirmed");
  }

  boolean isReturned(String order) {
    return has("order-" + order, "order-returned");
  }

  /// Whether the customer has, or will have, what he paid for.
  boolean isSold(String order) {
    return isConfirmed(order) && !isReturned(order);
  }

  /// Orders that their customers wanted to give back.
  List<String> returns() {
    return orders().stream()
        .filter(order -> has("order-" + order, "order-return-requested"))
        .toList();
  }

  /// What the order's own stream says last.
  String status(String order) {
    return stream("order-" + order).reversed().stream()
        .map(event -> STATUS_AFTER.get(event.type()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("PLACED");
  }

  long total(String order) {
    return stream("order-" + order).stream()
        .filter(event -> event.is("order-placed"))
        .mapToLong(event -> event.minorUnits("total"))
        .findFirst()
        .orElse(0);
  }

  /// Sum of the amounts of an order's payments of one type.
  long paid(String order, String type) {
    return stream("payment-" + order).stream()
        .filter(event -> event.is(type))
        .mapToLong(event -> event.minorUnits("amount"))
        .sum();
  }
}
