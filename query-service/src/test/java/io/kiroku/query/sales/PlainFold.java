package io.kiroku.query.sales;

import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderFailed;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.ordering.OrderEvent.OrderReturned;
import io.kiroku.ordering.OrderLine;
import io.kiroku.proto.query.v1.SalesRow;
import io.kiroku.query.sales.SalesQuery.Grouping;
import io.kiroku.shared.OrderId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// What is to be answered of a history, without any document between.
final class PlainFold {
  private PlainFold() {}

  static List<SalesRow> of(
      List<OrderEvent> events, Map<String, String> categories, Days days, Grouping by) {
    Map<OrderId, OrderPlaced> placed = new HashMap<>();
    Set<OrderId> sold = new HashSet<>();
    Map<String, SalesRow.Builder> rows = new HashMap<>();
    for (OrderEvent event : events) {
      LocalDate day = LocalDate.ofInstant(event.at(), ZoneOffset.UTC);
      boolean asked = !day.isBefore(days.from()) && !day.isAfter(days.to());
      if (event instanceof OrderPlaced order) {
        placed.put(order.orderId(), order);
      }
      boolean sale = event instanceof OrderConfirmed;
      if (sale) {
        sold.add(event.orderId());
      }
      if (asked && sold.contains(event.orderId()) && (sale || takesBack(event))) {
        count(
            rows,
            Objects.requireNonNull(placed.get(event.orderId())),
            line -> key(line, day, by, categories),
            by,
            sale);
      }
    }
    Comparator<SalesRow> byKey = Comparator.comparing(SalesRow::getKey);
    Comparator<SalesRow> byAmount =
        Comparator.comparingLong(SalesRow::getSoldMinorUnits).reversed();
    return rows.values().stream()
        .map(SalesRow.Builder::build)
        .sorted(by == Grouping.DAY ? byKey : byAmount.thenComparing(byKey))
        .toList();
  }

  private static boolean takesBack(OrderEvent event) {
    return event instanceof OrderCancelled
        || event instanceof OrderFailed
        || event instanceof OrderReturned;
  }

  private static void count(
      Map<String, SalesRow.Builder> rows,
      OrderPlaced order,
      Function<OrderLine, String> keys,
      Grouping by,
      boolean sale) {
    Set<String> counted = new HashSet<>();
    for (OrderLine line : order.lines()) {
      String key = keys.apply(line);
      SalesRow.Builder row =
          rows.computeIfAbsent(key, _ -> SalesRow.newBuilder().setKey(key).setCurrency("JPY"));
      if (by != Grouping.CATEGORY) {
        int one = counted.add(key) ? 1 : 0;
        row.setSoldOrders(row.getSoldOrders() + (sale ? one : 0));
        row.setReversedOrders(row.getReversedOrders() + (sale ? 0 : one));
      }
      long yen = line.unitPrice().times(line.quantity()).minorUnits();
      if (sale) {
        row.setSoldPieces(row.getSoldPieces() + line.quantity());
        row.setSoldMinorUnits(row.getSoldMinorUnits() + yen);
      } else {
        row.setReversedPieces(row.getReversedPieces() + line.quantity());
        row.setReversedMinorUnits(row.getReversedMinorUnits() + yen);
      }
    }
  }

  private static String key(
      OrderLine line, LocalDate day, Grouping by, Map<String, String> categories) {
    String product = line.productId().toString();
    return switch (by) {
      case DAY -> day.toString();
      case PRODUCT -> product;
      case CATEGORY -> categories.getOrDefault(product, "");
    };
  }
}
