package io.kiroku.launcher.demo;

import io.kiroku.client.Address;
import io.kiroku.client.NewOrder;
import io.kiroku.client.OrderItem;
import java.util.List;

/// One order of the tour and how it must end.
///
/// @param code with which it must be cancelled; empty if it must be confirmed
record Scene(String title, NewOrder order, String code) {
  private static final Address KYOTO =
      new Address("Aoi Sato", "1-2 Gion", "Kyoto", "605-0001", "JP");
  private static final Address RESTRICTED =
      new Address("Aoi Sato", "1 Far Reef", "Outer Isles", "999-0001", "JP");

  static List<Scene> all(Shop shop) {
    var one = new OrderItem(shop.teapot(), 1);
    var two = new OrderItem(shop.kettle(), 2);
    var tooMany = new OrderItem(shop.scarce(), (int) Shop.FEW + 1);
    return List.of(
        new Scene("all goes well", new NewOrder(List.of(one, two), KYOTO, "tok_ok"), ""),
        new Scene(
            "the card is declined",
            new NewOrder(List.of(one), KYOTO, "tok_insufficient_funds"),
            "INSUFFICIENT_FUNDS"),
        new Scene(
            "more than is in stock",
            new NewOrder(List.of(tooMany), KYOTO, "tok_ok"),
            "INSUFFICIENT_STOCK"),
        new Scene(
            "to a restricted area",
            new NewOrder(List.of(two), RESTRICTED, "tok_ok"),
            "RESTRICTED_AREA"));
  }

  boolean endsConfirmed() {
    return code.isEmpty();
  }
}
