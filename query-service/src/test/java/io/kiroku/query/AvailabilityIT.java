package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc;
import io.kiroku.proto.projection.v1.SkipParkedEventRequest;
import io.kiroku.proto.query.v1.CatalogQueryServiceGrpc;
import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.GetStockRequest;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.proto.query.v1.ListProductsRequest;
import io.kiroku.proto.query.v1.Product;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.proto.query.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import io.kiroku.proto.query.v1.Range;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Products with what their stock tells.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class AvailabilityIT {
  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;

  private ManagedChannel channel;
  private CommandSide commands;
  private Shop shop;

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress(http.getHost(), http.getPort()).usePlaintext().build();
    commands = new CommandSide(eventStoreUrl);
    shop = new Shop(commands, keys);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    commands.close();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private QueryServiceBlockingStub aware() {
    return QueryServiceGrpc.newBlockingStub(channel).withInterceptors(shop.as("mika"));
  }

  private static GetProductRequest get(ProductId product) {
    return GetProductRequest.newBuilder().setProductId(product.toString()).build();
  }

  private static GetStockRequest stock(ProductId product) {
    return GetStockRequest.newBuilder().setProductId(product.toString()).build();
  }

  private List<String> available(Range.Builder pieces) {
    var filter = Filter.newBuilder().setField("available").setRange(pieces);
    return CatalogQueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(shop.as("mika"))
        .listProducts(
            ListProductsRequest.newBuilder()
                .setOptions(ListOptions.newBuilder().addFilters(filter))
                .build())
        .getProductsList()
        .stream()
        .map(Product::getName)
        .toList();
  }

  private static Range.Builder atLeast(long pieces) {
    return Range.newBuilder().setAtLeast(pieces);
  }

  private static Range.Builder atMost(long pieces) {
    return Range.newBuilder().setAtMost(pieces);
  }

  @Test
  void products_are_listed_by_the_pieces_there_are_and_none_is_a_number_too() {
    CategoryId drinks = shop.category();
    ProductId sencha = shop.product(drinks, "Sencha", 900);
    shop.receive(sencha, 5);
    shop.receive(shop.product(drinks, "Bancha", 500), 12);
    shop.product(drinks, "Never here", 400);
    assertThat(available(atLeast(1))).containsExactly("Bancha", "Sencha");
    assertThat(available(atLeast(6))).containsExactly("Bancha");
    assertThat(available(atMost(0))).containsExactly("Never here");
    assertThat(available(atMost(5))).containsExactly("Never here", "Sencha");
    assertThat(available(atLeast(0))).hasSize(3);
    assertThat(available(atLeast(0).setAtMost(5))).containsExactly("Never here", "Sencha");
    assertThat(available(atLeast(5).setAtMost(5))).containsExactly("Sencha");
    assertThat(available(atMost(-1))).isEmpty();
    Instant now = Instant.now();
    shop.record(
        Shop.stock(sencha), new StockReserved(sencha, new OrderId(UUID.randomUUID()), 5, now, now));
    assertThat(available(atLeast(1))).containsExactly("Bancha");
    assertThat(aware().getProduct(get(sencha)).getProduct().getAvailablePieces()).isZero();
  }

  @Test
  void a_product_shows_its_pieces_to_who_brings_the_token_of_its_stock() {
    ProductId tea = shop.product(shop.category(), "Tea", 800);
    for (int i = 1; i <= 50; i++) {
      shop.receive(tea, 1);
      Product found = aware().getProduct(get(tea)).getProduct();
      assertThat(found.getAvailablePieces()).isEqualTo(i);
      assertThat(found.getRevision()).isZero();
    }
  }

  @Test
  void stock_that_comes_before_its_product_is_not_listed_before_it() {
    ProductId early = new ProductId(UUID.randomUUID());
    shop.receive(early, 3);
    assertThat(available(atLeast(1))).isEmpty();
    assertThat(
            catchThrowableOfType(
                StatusRuntimeException.class, () -> aware().getProduct(get(early))))
        .hasMessageStartingWith("NOT_FOUND");
  }

  @Test
  void a_query_waits_for_the_read_model_that_it_is_answered_from_and_for_no_other()
      throws Exception {
    ProductId tea = shop.product(shop.category(), "Tea", 800);
    shop.receive(tea, 1);
    shop.recordUnreadable(Shop.stock(tea));
    assertThat(reason(() -> aware().getStock(stock(tea)))).isEqualTo("READ_MODEL_PARKED");
    assertThat(reason(() -> aware().getProduct(get(tea)))).isEqualTo("READ_MODEL_PARKED");
    skip("stock", tea);
    assertThat(aware().getStock(stock(tea)).getStock().getAvailable()).isEqualTo(1);
    assertThat(reason(() -> aware().getProduct(get(tea)))).isEqualTo("READ_MODEL_PARKED");
    assertThat(reason(() -> available(atLeast(1)))).isEqualTo("READ_MODEL_PARKED");
    skip("product", tea);
    assertThat(aware().getProduct(get(tea)).getProduct().getAvailablePieces()).isEqualTo(1);
  }

  private void skip(String projection, ProductId product) {
    var request =
        SkipParkedEventRequest.newBuilder()
            .setProjection(projection)
            .setStream(Shop.stock(product).value())
            .setFailingRevision(1)
            .setReason("not readable")
            .build();
    var _ =
        ProjectionAdminGrpc.newBlockingStub(channel)
            .withInterceptors(shop.unaware("root", "admin"))
            .skipParkedEvent(request);
  }

  private static String reason(Runnable call) throws Exception {
    var refused = catchThrowableOfType(StatusRuntimeException.class, call::run);
    return StatusProto.fromThrowable(refused).getDetails(0).unpack(ErrorInfo.class).getReason();
  }
}
