package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.kiroku.catalog.ProductEvent.ProductCategoryChanged;
import io.kiroku.catalog.ProductEvent.ProductDiscontinued;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.OrderEvent.OrderCancelled;
import io.kiroku.ordering.OrderLine;
import io.kiroku.proto.query.v1.CatalogStatistics;
import io.kiroku.proto.query.v1.Category;
import io.kiroku.proto.query.v1.CategoryProducts;
import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.GetCatalogStatisticsRequest;
import io.kiroku.proto.query.v1.GetCategoryRequest;
import io.kiroku.proto.query.v1.GetSalesRequest;
import io.kiroku.proto.query.v1.ListCategoriesRequest;
import io.kiroku.proto.query.v1.ListLowStockRequest;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.proto.query.v1.PriceStatistics;
import io.kiroku.proto.query.v1.Product;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.proto.query.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import io.kiroku.proto.query.v1.SalesRow;
import io.kiroku.proto.query.v1.StatisticsServiceGrpc;
import io.kiroku.proto.query.v1.StatisticsServiceGrpc.StatisticsServiceBlockingStub;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a shop's staff are told of all orders and products together.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class StatisticsIT {
  private static final Instant MONDAY = Instant.parse("2026-11-16T12:00:00Z");
  private static final Instant TUESDAY = Instant.parse("2026-11-17T12:00:00Z");

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

  private StatisticsServiceBlockingStub staff() {
    return as("staff", "writer");
  }

  private StatisticsServiceBlockingStub as(String user, String... groups) {
    return StatisticsServiceGrpc.newBlockingStub(channel).withInterceptors(shop.as(user, groups));
  }

  private static GetSalesRequest.Builder sales(String by) {
    return GetSalesRequest.newBuilder().setFromDay("2026-11-16").setToDay("2026-11-17").setBy(by);
  }

  private static OrderLine line(ProductId product, int pieces, long yen) {
    return new OrderLine(product, "Tea", pieces, Money.yen(yen));
  }

  private static SalesRow.Builder row(String key) {
    return SalesRow.newBuilder().setKey(key).setCurrency("JPY");
  }

  private static Code refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
  }

  @Test
  void sales_are_told_by_day_product_and_category_as_soon_as_the_token_names_them() {
    CategoryId drinks = shop.category();
    CategoryId gifts = shop.category();
    ProductId tea = shop.product(drinks, "Tea", 800);
    ProductId cup = shop.product(gifts, "Cup", 500);
    OrderId first = shop.sell(MONDAY, line(tea, 2, 800), line(cup, 1, 500));
    shop.sell(TUESDAY, line(tea, 1, 900));
    shop.record(new OrderCancelled(first, "BY_CUSTOMER", TUESDAY));
    // It is counted where it is now.
    shop.record(
        StreamId.of("product", cup.toString()),
        new ProductCategoryChanged(cup, drinks, Instant.now()));
    shop.place(line(tea, 9, 800));

    assertThat(staff().getSales(sales("DAY").build()).getRowsList())
        .containsExactly(
            row("2026-11-16")
                .setSoldOrders(1)
                .setSoldPieces(3)
                .setSoldMinorUnits(2_100)
                .setReversedOrders(0)
                .build(),
            row("2026-11-17")
                .setSoldOrders(1)
                .setSoldPieces(1)
                .setSoldMinorUnits(900)
                .setReversedOrders(1)
                .setReversedPieces(3)
                .setReversedMinorUnits(2_100)
                .build());
    SalesRow ofTea =
        row(tea.toString())
            .setSoldOrders(2)
            .setSoldPieces(3)
            .setSoldMinorUnits(2_500)
            .setReversedOrders(1)
            .setReversedPieces(2)
            .setReversedMinorUnits(1_600)
            .build();
    var byProduct = staff().getSales(sales("PRODUCT").setPageSize(1).build());
    assertThat(byProduct.getRowsList()).containsExactly(ofTea);
    assertThat(byProduct.getNextPage()).isEqualTo(2);
    var rest = staff().getSales(sales("PRODUCT").setPageSize(1).setPage(2).build());
    assertThat(rest.getRowsList()).extracting(SalesRow::getKey).containsExactly(cup.toString());
    assertThat(rest.getNextPage()).isZero();
    assertThat(staff().getSales(sales("CATEGORY").build()).getRowsList())
        .containsExactly(
            row(drinks.toString())
                .setSoldPieces(4)
                .setSoldMinorUnits(3_000)
                .setReversedPieces(3)
                .setReversedMinorUnits(2_100)
                .build());
  }

  @Test
  void statistics_are_for_staff_of_their_own_tenant() {
    ProductId tea = shop.product(shop.category(), "Tea", 800);
    shop.sell(MONDAY, line(tea, 2, 800));
    var stranger = new Shop(commands, keys);
    assertThat(
            StatisticsServiceGrpc.newBlockingStub(channel)
                .withInterceptors(stranger.as("ken", "admin"))
                .getSales(sales("DAY").build())
                .getRowsList())
        .isEmpty();
    GetSalesRequest asked = sales("DAY").build();
    var catalog = GetCatalogStatisticsRequest.getDefaultInstance();
    var low = ListLowStockRequest.getDefaultInstance();
    assertThat(
            List.of(
                refused(() -> as("mika", "reader").getSales(asked)),
                refused(() -> as("mika", "reader").getCatalogStatistics(catalog)),
                refused(() -> as("mika", "reader").listLowStock(low))))
        .containsOnly(Code.PERMISSION_DENIED);
    assertThat(refused(() -> as("").getSales(asked))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(refused(() -> staff().getSales(sales("YEAR").build())))
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void a_catalog_is_counted_with_its_prices_and_pieces() {
    CategoryId drinks = shop.category();
    CategoryId gifts = shop.category();
    ProductId tea = shop.product(drinks, "Tea", 800);
    shop.product(drinks, "Sencha", 901);
    ProductId cup = shop.product(gifts, "Cup", 500);
    shop.record(
        StreamId.of("product", cup.toString()), new ProductDiscontinued(cup, Instant.now()));
    shop.receive(tea, 30);
    shop.receive(cup, 5);
    CatalogStatistics found =
        staff()
            .getCatalogStatistics(GetCatalogStatisticsRequest.getDefaultInstance())
            .getStatistics();
    assertThat(found.getByCategoryList())
        .containsExactlyInAnyOrder(
            CategoryProducts.newBuilder().setCategoryId(drinks.toString()).setOnSale(2).build(),
            CategoryProducts.newBuilder()
                .setCategoryId(gifts.toString())
                .setDiscontinued(1)
                .build());
    assertThat(found.toBuilder().clearByCategory().build())
        .isEqualTo(
            CatalogStatistics.newBuilder()
                .setOnSale(2)
                .setDiscontinued(1)
                .setCategories(2)
                .addPrices(
                    PriceStatistics.newBuilder()
                        .setCurrency("JPY")
                        .setProducts(2)
                        .setLowestMinorUnits(800)
                        .setHighestMinorUnits(901)
                        .setAverageMinorUnits(850))
                .setAvailablePieces(35)
                .setLowInStock(1)
                .setOutOfStock(1)
                .build());
  }

  @Test
  void a_category_counts_what_is_on_sale_in_it_and_below_it_if_asked() {
    CategoryId drinks = shop.category();
    CategoryId teas = shop.categoryBelow(drinks);
    CategoryId greens = shop.categoryBelow(teas);
    CategoryId gifts = shop.category();
    shop.product(drinks, "Water", 100);
    shop.product(teas, "Hojicha", 600);
    shop.product(greens, "Sencha", 900);
    ProductId gone = shop.product(greens, "Gone", 400);
    assertThat(counts(teas)).isEqualTo("1 of 3");
    shop.record(
        StreamId.of("product", gone.toString()), new ProductDiscontinued(gone, Instant.now()));
    assertThat(counts(drinks)).isEqualTo("1 of 3");
    assertThat(counts(teas)).isEqualTo("1 of 2");
    assertThat(counts(greens)).isEqualTo("1 of 1");
    assertThat(counts(gifts)).isEqualTo("0 of 0");
    var all = ListCategoriesRequest.newBuilder().setCountProducts(true).build();
    assertThat(catalog().listCategories(all).getCategoriesList())
        .extracting(Category::getProductsInAll)
        .containsExactly(3L, 2L, 1L, 0L);
    var unasked = GetCategoryRequest.newBuilder().setCategoryId(teas.toString()).build();
    assertThat(catalog().getCategory(unasked).getCategory().hasProducts()).isFalse();
  }

  private QueryServiceBlockingStub catalog() {
    return QueryServiceGrpc.newBlockingStub(channel).withInterceptors(shop.as("mika"));
  }

  private String counts(CategoryId category) {
    var asked =
        GetCategoryRequest.newBuilder()
            .setCategoryId(category.toString())
            .setCountProducts(true)
            .build();
    Category found = catalog().getCategory(asked).getCategory();
    return "%d of %d".formatted(found.getProducts(), found.getProductsInAll());
  }

  @Test
  void low_stock_is_what_is_on_sale_and_short_of() {
    CategoryId drinks = shop.category();
    shop.receive(shop.product(drinks, "Bancha", 500), 11);
    shop.receive(shop.product(drinks, "Kukicha", 300), 10);
    shop.product(drinks, "Never here", 400);
    ProductId gone = shop.product(drinks, "Gone", 400);
    shop.record(
        StreamId.of("product", gone.toString()), new ProductDiscontinued(gone, Instant.now()));
    var asked = ListLowStockRequest.newBuilder();
    var low = staff().listLowStock(asked.build());
    assertThat(low.getAtMost()).isEqualTo(10);
    assertThat(low.getProductsList())
        .extracting(Product::getName)
        .containsExactly("Kukicha", "Never here");
    assertThat(low.getProductsList())
        .extracting(Product::getAvailablePieces)
        .containsExactly(10L, 0L);
    assertThat(staff().listLowStock(asked.setAtMost(11).build()).getProductsList()).hasSize(3);
    assertThat(staff().listLowStock(asked.setAtMost(0).build()).getProductsList()).hasSize(1);
    assertThat(refused(() -> staff().listLowStock(asked.setAtMost(-1).build())))
        .isEqualTo(Code.INVALID_ARGUMENT);
    var status = Filter.newBuilder().setField("status").setEqualTo("DISCONTINUED");
    assertThat(
            refused(() ->
                staff()
                    .listLowStock(
                        ListLowStockRequest.newBuilder()
                            .setOptions(ListOptions.newBuilder().addFilters(status))
                            .build())))
        .isEqualTo(Code.INVALID_ARGUMENT);
  }
}
