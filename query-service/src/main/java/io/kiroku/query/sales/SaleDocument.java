package io.kiroku.query.sales;

import io.kiroku.ordering.OrderLine;
import io.kiroku.shared.Money;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One order as it is counted.
///
/// @param lines one per product
/// @param days what is booked of the whole order: nothing until it is confirmed
/// @param products the same, product by product
@RegisterForReflection
record SaleDocument(
    String tenant,
    String currency,
    long minorUnits,
    List<Line> lines,
    List<Booking> days,
    List<Booking> products) {
  SaleDocument {
    lines = List.copyOf(lines);
    days = List.copyOf(days);
    products = List.copyOf(products);
  }

  @RegisterForReflection
  record Line(String productId, long pieces, long minorUnits) {
    private static Line of(OrderLine line) {
      return new Line(
          line.productId().toString(),
          line.quantity(),
          line.unitPrice().times(line.quantity()).minorUnits());
    }

    private Line plus(Line other) {
      return new Line(productId, pieces + other.pieces, minorUnits + other.minorUnits);
    }
  }

  @FunctionalInterface
  private interface Entry {
    Booking of(String day, String productId, long pieces, long minorUnits);
  }

  static SaleDocument placed(String tenant, Money total, List<OrderLine> ordered) {
    Map<String, Line> byProduct = new LinkedHashMap<>();
    ordered.stream()
        .map(Line::of)
        .forEach(line -> byProduct.merge(line.productId(), line, Line::plus));
    return new SaleDocument(
        tenant,
        total.currency().getCurrencyCode(),
        total.minorUnits(),
        List.copyOf(byProduct.values()),
        List.of(),
        List.of());
  }

  SaleDocument sold(Instant at) {
    return booked(at, Booking::sold);
  }

  /// Only what was sold can be taken back.
  SaleDocument reversed(Instant at) {
    return days.isEmpty() ? this : booked(at, Booking::reversed);
  }

  private SaleDocument booked(Instant at, Entry entry) {
    String day = LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
    long pieces = lines.stream().mapToLong(Line::pieces).sum();
    List<Booking> nextDays = new ArrayList<>(days);
    nextDays.add(entry.of(day, "", pieces, minorUnits));
    List<Booking> nextProducts = new ArrayList<>(products);
    lines.forEach(line ->
        nextProducts.add(entry.of(day, line.productId(), line.pieces(), line.minorUnits())));
    return new SaleDocument(tenant, currency, minorUnits, lines, nextDays, nextProducts);
  }
}
