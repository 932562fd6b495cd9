package io.kiroku.ordering;

import io.kiroku.decider.Decision;
import io.kiroku.ordering.OrderCommand.PlaceOrder;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.shared.Money;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/// What an order has to be like to be placed.
final class PlacingRules {
  static final int LINES_MAX = 50;
  static final int QUANTITY_MAX = 999;

  private PlacingRules() {}

  static Decision<OrderEvent> place(PlaceOrder place) {
    return refusal(place)
        .<Decision<OrderEvent>>map(Decision::reject)
        .orElseGet(() ->
            Decision.accept(
                new OrderPlaced(
                    place.orderId(),
                    place.userId(),
                    place.lines(),
                    total(place),
                    place.address(),
                    place.paymentToken(),
                    place.now())));
  }

  static boolean isQuantity(int quantity) {
    return quantity >= 1 && quantity <= QUANTITY_MAX;
  }

  static Optional<OrderRejection> refusal(PlaceOrder place) {
    List<OrderLine> lines = place.lines();
    if (lines.isEmpty()) {
      return Optional.of(OrderRejection.ORDER_EMPTY);
    }
    if (lines.size() > LINES_MAX) {
      return Optional.of(OrderRejection.TOO_MANY_LINES);
    }
    if (lines.stream().map(OrderLine::productId).distinct().count() < lines.size()) {
      return Optional.of(OrderRejection.DUPLICATE_LINE);
    }
    if (place.paymentToken().isBlank()) {
      return Optional.of(OrderRejection.PAYMENT_TOKEN_BLANK);
    }
    return lines.stream()
        .flatMap(line -> lineRefusal(line, place.minimum().currency()).stream())
        .findFirst()
        .or(() -> minimumRefusal(place));
  }

  /// In the minimum's currency, which is the shop's; the bounds on lines keep it from overflowing.
  static Money total(PlaceOrder place) {
    return place.lines().stream()
        .map(OrderLine::total)
        .reduce(Money.zero(place.minimum().currency()), Money::plus);
  }

  private static Optional<OrderRejection> lineRefusal(OrderLine line, Currency shop) {
    if (!isQuantity(line.quantity())) {
      return Optional.of(OrderRejection.QUANTITY_OUT_OF_RANGE);
    }
    Money price = line.unitPrice();
    if (!price.currency().equals(shop)) {
      return Optional.of(OrderRejection.CURRENCIES_DIFFER);
    }
    return price.minorUnits() < 1 || price.minorUnits() > Money.PRICE_MINOR_UNITS_MAX
        ? Optional.of(OrderRejection.PRICE_OUT_OF_RANGE)
        : Optional.empty();
  }

  private static Optional<OrderRejection> minimumRefusal(PlaceOrder place) {
    return total(place).minorUnits() < place.minimum().minorUnits()
        ? Optional.of(OrderRejection.ORDER_BELOW_MINIMUM)
        : Optional.empty();
  }
}
