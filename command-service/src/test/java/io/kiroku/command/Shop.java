package io.kiroku.command;

import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.kiroku.proto.catalog.v1.CatalogServiceGrpc;
import io.kiroku.proto.catalog.v1.CreateCategoryRequest;
import io.kiroku.proto.catalog.v1.CreateProductRequest;
import io.kiroku.proto.deadletter.v1.DeadLetterAdminGrpc;
import io.kiroku.proto.inventory.v1.InventoryServiceGrpc;
import io.kiroku.proto.inventory.v1.ReceiveStockRequest;
import io.kiroku.proto.ordering.v1.DeliverOrderRequest;
import io.kiroku.proto.ordering.v1.OrderAdminGrpc;
import io.kiroku.proto.ordering.v1.OrderItem;
import io.kiroku.proto.ordering.v1.OrderingServiceGrpc;
import io.kiroku.proto.ordering.v1.PlaceOrderRequest;
import io.kiroku.proto.ordering.v1.PlaceOrderResponse;
import io.kiroku.proto.ordering.v1.ShipOrderRequest;
import io.kiroku.proto.ordering.v1.ShippingAddress;
import io.kiroku.proto.outbox.v1.OutboxAdminGrpc;
import io.kiroku.proto.privacy.v1.PersonAdminGrpc;
import io.kiroku.proto.saga.v1.GetSagaRequest;
import io.kiroku.proto.saga.v1.Saga;
import io.kiroku.proto.saga.v1.SagaAdminGrpc;
import io.kiroku.proto.shipping.v1.ShippingServiceGrpc;
import io.kiroku.service.security.CallMetadata;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;

/// What staff and customers do over gRPC.
public record Shop(Channel channel, String adminToken, String customerToken) {
  /// A product with so many pieces in stock.
  public String product(long pieces) {
    var catalog = with(CatalogServiceGrpc.newBlockingStub(channel), adminToken, newKey());
    String category =
        catalog
            .createCategory(CreateCategoryRequest.newBuilder().setName(newKey()).build())
            .getCategoryId();
    String product =
        with(CatalogServiceGrpc.newBlockingStub(channel), adminToken, newKey())
            .createProduct(
                CreateProductRequest.newBuilder()
                    .setName("Tea bowl")
                    .setPriceMinorUnits(1_500)
                    .setCurrency("JPY")
                    .setCategoryId(category)
                    .build())
            .getProductId();
    var received =
        ReceiveStockRequest.newBuilder().setProductId(product).setQuantity(pieces).build();
    var _ =
        with(InventoryServiceGrpc.newBlockingStub(channel), adminToken, newKey())
            .receiveStock(received);
    return product;
  }

  /// The id of a category that is created under a key.
  public String category(String name, String key) {
    return with(CatalogServiceGrpc.newBlockingStub(channel), adminToken, key)
        .createCategory(CreateCategoryRequest.newBuilder().setName(name).build())
        .getCategoryId();
  }

  /// What is available after one more piece came in.
  public long availableAfterOneMore(String product) {
    return with(InventoryServiceGrpc.newBlockingStub(channel), adminToken, newKey())
        .receiveStock(ReceiveStockRequest.newBuilder().setProductId(product).setQuantity(1).build())
        .getAvailable();
  }

  public static PlaceOrderRequest order(String product, String paymentToken, String postalCode) {
    return PlaceOrderRequest.newBuilder()
        .addItems(OrderItem.newBuilder().setProductId(product).setQuantity(2))
        .setPaymentToken(paymentToken)
        .setShippingAddress(
            ShippingAddress.newBuilder()
                .setRecipient("山田 花子")
                .setLine1("1-2-3")
                .setCity("東京")
                .setPostalCode(postalCode)
                .setCountry("JP"))
        .build();
  }

  public PlaceOrderResponse place(PlaceOrderRequest request, String idempotencyKey) {
    return with(OrderingServiceGrpc.newBlockingStub(channel), customerToken, idempotencyKey)
        .placeOrder(request);
  }

  public PlaceOrderResponse place(PlaceOrderRequest request) {
    return place(request, newKey());
  }

  public Saga saga(String orderId) {
    return with(SagaAdminGrpc.newBlockingStub(channel), adminToken, newKey())
        .getSaga(GetSagaRequest.newBuilder().setSagaId(orderId).build())
        .getSaga();
  }

  /// An order that its customer has got.
  public String delivered(PlaceOrderRequest request) {
    String order = place(request).getOrderId();
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .ignoreException(StatusRuntimeException.class)
        .until(() -> saga(order).getStatus(), "COMPLETED"::equals);
    var _ =
        staff()
            .shipOrder(
                ShipOrderRequest.newBuilder().setOrderId(order).setTrackingNumber("T-1").build());
    var _ = staff().deliverOrder(DeliverOrderRequest.newBuilder().setOrderId(order).build());
    return order;
  }

  public SagaAdminGrpc.SagaAdminBlockingStub admin() {
    return admin(newKey());
  }

  public SagaAdminGrpc.SagaAdminBlockingStub admin(String idempotencyKey) {
    return with(SagaAdminGrpc.newBlockingStub(channel), adminToken, idempotencyKey);
  }

  /// What operators ask about orders, as whoever holds the token.
  OrderAdminGrpc.OrderAdminBlockingStub orderAdmin(String token) {
    return with(OrderAdminGrpc.newBlockingStub(channel), token, newKey());
  }

  /// Erases persons, as whoever holds the token.
  PersonAdminGrpc.PersonAdminBlockingStub personAdmin(String token) {
    return with(PersonAdminGrpc.newBlockingStub(channel), token, newKey());
  }

  /// What operators do with dead letters, as whoever holds the token.
  public DeadLetterAdminGrpc.DeadLetterAdminBlockingStub deadLetters(String token, String key) {
    return with(DeadLetterAdminGrpc.newBlockingStub(channel), token, key);
  }

  /// Sends messages again, as whoever holds the token.
  public OutboxAdminGrpc.OutboxAdminBlockingStub outbox(String token) {
    return with(OutboxAdminGrpc.newBlockingStub(channel), token, newKey());
  }

  /// Each call under a key of its own, as are those of the stubs below.
  public CatalogServiceGrpc.CatalogServiceBlockingStub catalog() {
    return catalog(adminToken, newKey());
  }

  /// As whoever holds the token.
  public CatalogServiceGrpc.CatalogServiceBlockingStub catalog(String token, String key) {
    return with(CatalogServiceGrpc.newBlockingStub(channel), token, key);
  }

  InventoryServiceGrpc.InventoryServiceBlockingStub inventory() {
    return with(InventoryServiceGrpc.newBlockingStub(channel), adminToken, newKey());
  }

  public ShippingServiceGrpc.ShippingServiceBlockingStub shipping() {
    return with(ShippingServiceGrpc.newBlockingStub(channel), adminToken, newKey());
  }

  public OrderingServiceGrpc.OrderingServiceBlockingStub staff() {
    return with(OrderingServiceGrpc.newBlockingStub(channel), adminToken, newKey());
  }

  public OrderingServiceGrpc.OrderingServiceBlockingStub customer() {
    return with(OrderingServiceGrpc.newBlockingStub(channel), customerToken, newKey());
  }

  public static String newKey() {
    return UUID.randomUUID().toString();
  }

  private static <S extends AbstractStub<S>> S with(S stub, String token, String key) {
    Metadata metadata = new Metadata();
    metadata.put(CallMetadata.AUTHORIZATION, "Bearer " + token);
    metadata.put(CallMetadata.IDEMPOTENCY_KEY, key);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
  }
}
