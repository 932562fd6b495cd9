package io.kiroku.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.StatusRuntimeException;
import io.kiroku.proto.catalog.v1.ChangeProductPriceRequest;
import io.kiroku.proto.catalog.v1.CreateCategoryRequest;
import io.kiroku.proto.catalog.v1.DiscontinueProductRequest;
import io.kiroku.proto.catalog.v1.MoveCategoryRequest;
import io.kiroku.proto.catalog.v1.UpdateCategoryRequest;
import io.kiroku.proto.inventory.v1.AdjustStockRequest;
import io.kiroku.proto.ordering.v1.AddItemRequest;
import io.kiroku.proto.ordering.v1.CancelOrderRequest;
import io.kiroku.proto.ordering.v1.ChangeItemRequest;
import io.kiroku.proto.ordering.v1.DeliverOrderRequest;
import io.kiroku.proto.ordering.v1.DraftOrderRequest;
import io.kiroku.proto.ordering.v1.PlaceDraftRequest;
import io.kiroku.proto.ordering.v1.ShipOrderRequest;
import io.kiroku.proto.shipping.v1.DeliverShipmentRequest;
import io.kiroku.proto.shipping.v1.DispatchShipmentRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What staff and customers do besides ordering at once.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class ShopLifeIT {
  Shop shop;

  @Test
  void a_draft_is_placed_at_the_prices_of_that_moment_and_goes_all_the_way() {
    String product = shop.product(100);
    String order = shop.customer().draftOrder(DraftOrderRequest.getDefaultInstance()).getOrderId();
    var _ =
        shop.customer()
            .addItem(
                AddItemRequest.newBuilder()
                    .setOrderId(order)
                    .setProductId(product)
                    .setQuantity(1)
                    .build());
    var _ =
        shop.customer()
            .changeItem(
                ChangeItemRequest.newBuilder()
                    .setOrderId(order)
                    .setProductId(product)
                    .setQuantity(3)
                    .build());
    var _ =
        shop.catalog()
            .changeProductPrice(
                ChangeProductPriceRequest.newBuilder()
                    .setProductId(product)
                    .setPriceMinorUnits(2_000)
                    .setCurrency("JPY")
                    .build());
    var placed =
        shop.customer()
            .placeDraft(
                PlaceDraftRequest.newBuilder()
                    .setOrderId(order)
                    .setShippingAddress(
                        Shop.order(product, "tok_ok", "1000001").getShippingAddress())
                    .setPaymentToken("tok_ok")
                    .build());
    assertThat(placed.getTotalMinorUnits()).isEqualTo(6_000);

    awaitStatus(order, "COMPLETED");
    var _ =
        shop.shipping()
            .dispatchShipment(
                DispatchShipmentRequest.newBuilder()
                    .setOrderId(order)
                    .setTrackingNumber("TRACK-1")
                    .build());
    var _ =
        shop.staff()
            .shipOrder(
                ShipOrderRequest.newBuilder()
                    .setOrderId(order)
                    .setTrackingNumber("TRACK-1")
                    .build());
    assertThatThrownBy(() -> cancel(order)).hasMessageContaining("on its way");
    var _ =
        shop.shipping()
            .deliverShipment(DeliverShipmentRequest.newBuilder().setOrderId(order).build());
    var delivered =
        shop.staff().deliverOrder(DeliverOrderRequest.newBuilder().setOrderId(order).build());
    // Drafted, added, changed, placed, confirmed, shipped, delivered.
    assertThat(delivered.getRevision()).isEqualTo(6);
  }

  @Test
  void a_customer_cancels_what_was_confirmed_just_now_and_everything_is_undone() {
    String product = shop.product(100);
    String order = shop.place(Shop.order(product, "tok_ok", "1000001")).getOrderId();
    awaitStatus(order, "COMPLETED");
    cancel(order);
    awaitStatus(order, "COMPENSATED");
    assertThat(shop.availableAfterOneMore(product)).isEqualTo(101);
  }

  @Test
  void what_is_somebody_elses_is_not_there() {
    String draft = shop.staff().draftOrder(DraftOrderRequest.getDefaultInstance()).getOrderId();
    assertThatThrownBy(() -> cancel(draft)).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void what_is_discontinued_cannot_be_ordered() {
    String product = shop.product(100);
    var _ =
        shop.catalog()
            .discontinueProduct(
                DiscontinueProductRequest.newBuilder().setProductId(product).build());
    assertThatThrownBy(() -> shop.place(Shop.order(product, "tok_ok", "1000001")))
        .hasMessageContaining("not sold any more");
  }

  @Test
  void stock_is_corrected_and_never_below_nothing() {
    String product = shop.product(10);
    AdjustStockRequest broken =
        AdjustStockRequest.newBuilder()
            .setProductId(product)
            .setDelta(-4)
            .setReason("broken")
            .build();
    assertThat(shop.inventory().adjustStock(broken).getAvailable()).isEqualTo(6);
    assertThat(shop.inventory().adjustStock(broken).getAvailable()).isEqualTo(2);
    assertThatThrownBy(() -> shop.inventory().adjustStock(broken))
        .hasMessageContaining("not enough");
  }

  @Test
  void categories_are_renamed_and_moved_but_never_below_themselves() {
    String above = category();
    String below = category();
    var _ =
        shop.catalog()
            .moveCategory(
                MoveCategoryRequest.newBuilder()
                    .setCategoryId(below)
                    .setParentCategoryId(above)
                    .build());
    assertThatThrownBy(() ->
            shop.catalog()
                .moveCategory(
                    MoveCategoryRequest.newBuilder()
                        .setCategoryId(above)
                        .setParentCategoryId(below)
                        .build()))
        .hasMessageContaining("below itself");
    var renamed =
        shop.catalog()
            .updateCategory(
                UpdateCategoryRequest.newBuilder()
                    .setCategoryId(below)
                    .setName(Shop.newKey())
                    .build());
    assertThat(renamed.getConsistencyToken()).isNotEmpty();
  }

  private String category() {
    return shop.catalog()
        .createCategory(CreateCategoryRequest.newBuilder().setName(Shop.newKey()).build())
        .getCategoryId();
  }

  private void cancel(String order) {
    var _ = shop.customer().cancelOrder(CancelOrderRequest.newBuilder().setOrderId(order).build());
  }

  private void awaitStatus(String order, String status) {
    await()
        .atMost(Duration.ofSeconds(40))
        .ignoreException(StatusRuntimeException.class)
        .until(() -> shop.saga(order).getStatus(), status::equals);
  }
}
