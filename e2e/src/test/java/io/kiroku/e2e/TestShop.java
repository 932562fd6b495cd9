package io.kiroku.e2e;

import io.kiroku.client.Address;
import io.kiroku.client.KirokuClient;
import io.kiroku.client.NewOrder;
import io.kiroku.client.OrderItem;
import java.util.List;
import java.util.UUID;

/// A category with one product of a test's own, so that tests do not see each other's stock.
record TestShop(String product, long priceYen) {
  static final Address KYOTO = new Address("Aoi Sato", "1-2 Gion", "Kyoto", "605-0001", "JP");
  static final Address RESTRICTED = new Address("Aoi Sato", "1 Reef", "Isles", "999-0001", "JP");
  private static final long PRICE = 3_000;

  static TestShop withPieces(KirokuClient staff, long pieces) {
    String name = "Tea " + UUID.randomUUID();
    String product = staff.createProduct(name, PRICE, staff.createCategory(name));
    staff.receiveStock(product, pieces);
    return new TestShop(product, PRICE);
  }

  NewOrder order(int quantity) {
    return order(quantity, "tok_ok", KYOTO);
  }

  NewOrder order(int quantity, String paymentToken, Address address) {
    return new NewOrder(List.of(new OrderItem(product, quantity)), address, paymentToken);
  }
}
