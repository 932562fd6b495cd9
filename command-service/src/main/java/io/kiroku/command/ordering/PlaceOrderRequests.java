package io.kiroku.command.ordering;

import io.kiroku.command.call.Fields;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.proto.ordering.v1.OrderItem;
import io.kiroku.proto.ordering.v1.PlaceDraftRequest;
import io.kiroku.proto.ordering.v1.PlaceOrderRequest;
import io.kiroku.shared.ProductId;
import java.util.ArrayList;
import java.util.List;

/// What a client asks for when he orders, checked field by field. Business rules (how many lines,
/// how many pieces) are the domain's.
final class PlaceOrderRequests {
  private static final int TEXT_MOST = 200;
  // A bound for the request as such: each item costs a read.
  private static final int ITEMS_MOST = 200;

  private PlaceOrderRequests() {}

  record Item(ProductId productId, int quantity) {}

  /// @param address never in a log line: see [#toString()]
  record Checked(List<Item> items, ShippingAddress address, String paymentToken) {
    Checked {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return "Checked[" + items.size() + " items]";
    }
  }

  /// Fails with `INVALID_ARGUMENT` and every violation.
  static Checked check(PlaceOrderRequest request) {
    Fields fields = new Fields();
    List<Item> items = items(request, fields);
    ShippingAddress address = address(request.getShippingAddress(), fields);
    fields.neededText("payment_token", request.getPaymentToken(), TEXT_MOST);
    fields.verify();
    return new Checked(items, address, request.getPaymentToken());
  }

  /// What is ordered is in the draft. Fails with `INVALID_ARGUMENT` and every violation.
  static Checked check(PlaceDraftRequest request) {
    Fields fields = new Fields();
    ShippingAddress address = address(request.getShippingAddress(), fields);
    fields.neededText("payment_token", request.getPaymentToken(), TEXT_MOST);
    fields.verify();
    return new Checked(List.of(), address, request.getPaymentToken());
  }

  private static List<Item> items(PlaceOrderRequest request, Fields fields) {
    fields.range("items", request.getItemsCount(), 0, ITEMS_MOST);
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < Math.min(request.getItemsCount(), ITEMS_MOST); i++) {
      OrderItem item = request.getItems(i);
      fields
          .uuid("items[" + i + "].product_id", item.getProductId())
          .ifPresent(id -> items.add(new Item(new ProductId(id), item.getQuantity())));
    }
    return items;
  }

  private static ShippingAddress address(
      io.kiroku.proto.ordering.v1.ShippingAddress given, Fields fields) {
    fields
        .neededText("shipping_address.recipient", given.getRecipient(), TEXT_MOST)
        .neededText("shipping_address.line1", given.getLine1(), TEXT_MOST)
        .text("shipping_address.line2", given.getLine2(), TEXT_MOST)
        .neededText("shipping_address.city", given.getCity(), TEXT_MOST)
        .text("shipping_address.region", given.getRegion(), TEXT_MOST)
        .neededText("shipping_address.postal_code", given.getPostalCode(), TEXT_MOST)
        .check(
            "shipping_address.country",
            given.getCountry().matches("[A-Z]{2}"),
            "is no ISO 3166-1 alpha-2 code");
    return new ShippingAddress(
        given.getRecipient(),
        given.getLine1(),
        given.getLine2(),
        given.getCity(),
        given.getRegion(),
        given.getPostalCode(),
        given.getCountry());
  }
}
