package io.kiroku.gateway.order;

import io.kiroku.gateway.request.Checks;
import io.kiroku.proto.ordering.v1.PlaceOrderRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a customer wants.
///
/// @param paymentToken the payment provider's token; never card data
record NewOrder(
    @Nullable List<@Nullable OrderItem> items,
    @Nullable ShippingAddress shippingAddress,
    @Nullable String paymentToken) {
  private static final int ITEMS_MAX = 50;

  PlaceOrderRequest toRequest() {
    Checks checks = new Checks();
    PlaceOrderRequest.Builder request =
        PlaceOrderRequest.newBuilder()
            .setPaymentToken(checks.text("paymentToken", paymentToken, 200));
    checks.that(shippingAddress != null, "shippingAddress", "is missing");
    if (shippingAddress != null) {
      request.setShippingAddress(shippingAddress.toMessage(checks));
    }
    Set<@Nullable String> products = new HashSet<>();
    List<OrderItem> wanted = checks.list("items", items, ITEMS_MAX);
    for (int i = 0; i < wanted.size(); i++) {
      String path = "items[" + i + "]";
      request.addItems(wanted.get(i).toMessage(path, checks));
      checks.that(products.add(wanted.get(i).productId()), path + ".productId", "is there already");
    }
    checks.done();
    return request.build();
  }
}
