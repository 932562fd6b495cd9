package io.kiroku.query.sales;

import io.kiroku.proto.query.v1.SalesPeriod;
import io.kiroku.proto.query.v1.SalesRow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Adds days up.
final class SalesTotals {
  private SalesTotals() {}

  /// @param daily rows of single days, some of which may be others
  static SalesPeriod of(List<SalesRow> daily, Days days) {
    String from = days.from().toString();
    String to = days.to().toString();
    Map<String, SalesRow> byCurrency = new TreeMap<>();
    daily.stream()
        .filter(row -> row.getKey().compareTo(from) >= 0 && row.getKey().compareTo(to) <= 0)
        .forEach(row ->
            byCurrency.merge(
                row.getCurrency(), row.toBuilder().setKey("").build(), SalesTotals::plus));
    return SalesPeriod.newBuilder()
        .setFromDay(from)
        .setToDay(to)
        .addAllTotals(byCurrency.values())
        .build();
  }

  private static SalesRow plus(SalesRow one, SalesRow other) {
    return one.toBuilder()
        .setSoldOrders(one.getSoldOrders() + other.getSoldOrders())
        .setSoldPieces(one.getSoldPieces() + other.getSoldPieces())
        .setSoldMinorUnits(one.getSoldMinorUnits() + other.getSoldMinorUnits())
        .setReversedOrders(one.getReversedOrders() + other.getReversedOrders())
        .setReversedPieces(one.getReversedPieces() + other.getReversedPieces())
        .setReversedMinorUnits(one.getReversedMinorUnits() + other.getReversedMinorUnits())
        .build();
  }
}
