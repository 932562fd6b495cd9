package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductDiscontinued;
import io.kiroku.catalog.ProductEvent.ProductUpdated;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.proto.query.v1.CatalogQueryServiceGrpc;
import io.kiroku.proto.query.v1.CatalogQueryServiceGrpc.CatalogQueryServiceBlockingStub;
import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.GetProductsRequest;
import io.kiroku.proto.query.v1.HasProductRequest;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.proto.query.v1.ListProductsRequest;
import io.kiroku.proto.query.v1.ListProductsResponse;
import io.kiroku.proto.query.v1.ListStockRequest;
import io.kiroku.proto.query.v1.Product;
import io.kiroku.proto.query.v1.Range;
import io.kiroku.proto.query.v1.Stock;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Lists of a catalog whose categories are each test's own.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class CatalogQueryIT {
  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;

  private final CategoryId category = new CategoryId(UUID.randomUUID());
  private ManagedChannel channel;
  private CommandSide commands;

  /// Of all commands.
  private final Map<StreamId, Long> written = new HashMap<>();

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress(http.getHost(), http.getPort()).usePlaintext().build();
    commands = new CommandSide(eventStoreUrl);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    commands.close();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  /// Nobody, who has been told of all commands.
  private CatalogQueryServiceBlockingStub anyone() {
    String token = written.isEmpty() ? "" : new ConsistencyToken("default", written).encode();
    return CatalogQueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, "", token));
  }

  private void record(String category, ProductId product, Object event) {
    String token = commands.record(StreamId.of(category, product.toString()), "root", event);
    written.putAll(ConsistencyToken.decode(token).revisions());
  }

  private ProductId create(String name, String description, long yen) {
    ProductId id = new ProductId(UUID.randomUUID());
    record(new ProductCreated(id, name, description, Money.yen(yen), category, Instant.now()));
    return id;
  }

  private void record(ProductEvent event) {
    record("product", event.productId(), event);
  }

  private ListOptions.Builder options() {
    return ListOptions.newBuilder()
        .addFilters(Filter.newBuilder().setField("category").setEqualTo(category.toString()));
  }

  private static Filter range(String field, long atLeast, long atMost) {
    return Filter.newBuilder()
        .setField(field)
        .setRange(Range.newBuilder().setAtLeast(atLeast).setAtMost(atMost))
        .build();
  }

  private ListProductsResponse list(ListOptions.Builder options) {
    return anyone().listProducts(ListProductsRequest.newBuilder().setOptions(options).build());
  }

  private List<String> names(ListOptions.Builder options) {
    return list(options).getProductsList().stream().map(Product::getName).toList();
  }

  private List<String> found(String search) {
    var request = ListProductsRequest.newBuilder().setOptions(options()).setSearch(search);
    return anyone().listProducts(request.build()).getProductsList().stream()
        .map(Product::getName)
        .toList();
  }

  private List<String> byToken(ListOptions.Builder options) {
    List<String> seen = new ArrayList<>();
    do {
      ListProductsResponse page = list(options);
      page.getProductsList().forEach(product -> seen.add(product.getProductId()));
      options.setPageToken(page.getNextPageToken());
    } while (!options.getPageToken().isEmpty());
    return seen;
  }

  private List<String> byNumber(ListOptions.Builder options) {
    List<String> seen = new ArrayList<>();
    ListProductsResponse page;
    do {
      page = list(options.setPage(options.getPage() + 1));
      page.getProductsList().forEach(product -> seen.add(product.getProductId()));
    } while (!page.getNextPageToken().isEmpty());
    return seen;
  }

  @Test
  void pages_by_token_and_by_number_show_everything_once_in_every_order() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      // Some are equal in name and price.
      created.add(create("Tea " + i / 3, "green", 800 + i / 4).toString());
    }
    for (String sort : List.of("name", "price", "created")) {
      List<String> all = byToken(options().setSort(sort).setPageSize(3));
      assertThat(all).as(sort).containsExactlyInAnyOrderElementsOf(created);
      assertThat(byNumber(options().setSort(sort).setPageSize(3))).as(sort).isEqualTo(all);
      assertThat(byToken(options().setSort("-" + sort).setPageSize(2)))
          .as(sort)
          .isEqualTo(all.reversed());
    }
    assertThat(byToken(options().setSort("created").setPageSize(4))).isEqualTo(created);
  }

  @Test
  void what_comes_meanwhile_shifts_no_page_that_a_token_leads_to() {
    create("Bancha", "", 500);
    create("Sencha", "", 900);
    ListProductsResponse first = list(options().setSort("price").setPageSize(1));
    create("Kukicha", "", 300);
    ListOptions.Builder next = options().setSort("price").setPageToken(first.getNextPageToken());
    assertThat(names(next)).containsExactly("Sencha");
  }

  @Test
  void names_are_sorted_without_regard_to_case_and_accents() {
    create("zebra", "", 1);
    create("Éclair", "", 2);
    create("apple", "", 3);
    create("Fig", "", 4);
    assertThat(names(options())).containsExactly("apple", "Éclair", "Fig", "zebra");
  }

  @Test
  void filters_hold_together() {
    create("Bancha", "", 500);
    create("Sencha", "", 900);
    create("Gyokuro", "", 2_000);
    record(new ProductDiscontinued(create("Kukicha", "", 800), Instant.now()));
    assertThat(names(options().addFilters(range("price", 500, 900))))
        .containsExactly("Bancha", "Kukicha", "Sencha");
    Filter.Builder status = Filter.newBuilder().setField("status");
    assertThat(
            names(
                options()
                    .addFilters(range("price", 501, 2_000))
                    .addFilters(status.setEqualTo("ON_SALE"))
                    .setSort("-price")))
        .containsExactly("Gyokuro", "Sencha");
    assertThat(names(options().addFilters(status.setEqualTo("DISCONTINUED"))))
        .containsExactly("Kukicha");
  }

  @Test
  void a_search_finds_beginnings_of_words_whatever_their_case_accents_and_width() {
    create("Crème brûlée", "with vanilla", 600);
    create("静岡 緑茶", "ガラスのティーポット", 700);
    create("Apple zest", "", 800);
    assertThat(found("BRULEE")).containsExactly("Crème brûlée");
    assertThat(found("van crè")).containsExactly("Crème brûlée");
    assertThat(found("緑")).containsExactly("静岡 緑茶");
    assertThat(found("ｶﾞﾗｽ")).containsExactly("静岡 緑茶");
    assertThat(found("カラス")).isEmpty();
    assertThat(found("crème zest")).isEmpty();
    // No word of apple and zest begins so, though one is before it and one after.
    assertThat(found("mango")).isEmpty();
  }

  @Test
  void a_search_finds_what_a_product_is_called_now() {
    ProductId product = create("Sencha", "first flush", 900);
    record(new ProductUpdated(product, "Gyokuro", "shaded", Instant.now()));
    assertThat(found("sencha")).isEmpty();
    assertThat(found("gyo")).containsExactly("Gyokuro");
  }

  @Test
  void many_are_got_by_their_ids_in_the_order_asked_for() {
    ProductId one = create("Bancha", "", 500);
    ProductId two = create("Sencha", "", 900);
    var request =
        GetProductsRequest.newBuilder()
            .addProductIds(two.toString())
            .addProductIds(UUID.randomUUID().toString())
            .addProductIds(one.toString())
            .addProductIds(two.toString().toUpperCase(Locale.ROOT))
            .build();
    assertThat(anyone().getProducts(request).getProductsList())
        .extracting(Product::getName)
        .containsExactly("Sencha", "Bancha");
  }

  @Test
  void who_brings_the_token_of_his_command_finds_what_he_wrote_in_every_list() {
    for (int i = 0; i < 50; i++) {
      String id = create("Tea " + i, "", 800).toString();
      assertThat(list(options().setSort("-created").setPageSize(1)).getProducts(0).getProductId())
          .isEqualTo(id);
    }
  }

  @Test
  void a_list_fails_in_time_where_it_cannot_show_what_the_token_names() {
    String product = create("Tea", "", 800).toString();
    written.put(StreamId.of("product", product), 3L);
    assertThat(refused(() -> list(options()))).isEqualTo(Code.ABORTED);
  }

  @Test
  void low_stock_is_a_range_of_what_is_available() {
    // More than other tests ever receive.
    long low = 7_000_000;
    ProductId full = received(low + 5);
    ProductId sinking = received(low + 1);
    ProductId scarce = received(low - 2);
    assertThat(stock(low - 9, low)).extracting(Stock::getProductId).containsExactly(id(scarce));
    var order = new OrderId(UUID.randomUUID());
    Instant now = Instant.now();
    record("stock", sinking, new StockReserved(sinking, order, 1, now, now));
    assertThat(stock(low - 9, low))
        .extracting(Stock::getProductId)
        .containsExactly(id(scarce), id(sinking));
    assertThat(stock(low - 9, low).getLast().getAvailable()).isEqualTo(low);
    assertThat(stock(low + 1, low + 9)).extracting(Stock::getProductId).containsExactly(id(full));
  }

  private ProductId received(long quantity) {
    ProductId product = new ProductId(UUID.randomUUID());
    record("stock", product, new StockReceived(product, quantity, Instant.now()));
    return product;
  }

  private static String id(ProductId product) {
    return product.toString();
  }

  private List<Stock> stock(long atLeast, long atMost) {
    ListOptions options =
        ListOptions.newBuilder().addFilters(range("available", atLeast, atMost)).build();
    return anyone()
        .listStock(ListStockRequest.newBuilder().setOptions(options).build())
        .getStockList();
  }

  @Test
  void lists_refuse_what_they_cannot_answer() {
    assertThat(refused(() -> list(options().setSort("description"))))
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused(() -> list(options().setPageSize(201)))).isEqualTo(Code.INVALID_ARGUMENT);
    GetProductsRequest.Builder many = GetProductsRequest.newBuilder();
    for (int i = 0; i < 201; i++) {
      many.addProductIds(UUID.randomUUID().toString());
    }
    assertThat(refused(() -> anyone().getProducts(many.build()))).isEqualTo(Code.INVALID_ARGUMENT);
  }

  private static Code refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
  }

  @Test
  void whether_a_product_exists_is_told_by_id_and_by_name() {
    String name = "Crème " + category;
    ProductId product = create(name, "", 900);
    record(new ProductDiscontinued(product, Instant.now()));
    var request = HasProductRequest.newBuilder();
    assertThat(exists(request.setProductId(product.toString()))).isTrue();
    assertThat(exists(request.setProductId(UUID.randomUUID().toString()))).isFalse();
    assertThat(exists(request.setName("CREME " + category))).isTrue();
    assertThat(exists(request.setName("creme"))).isFalse();
    assertThat(refused(() -> exists(HasProductRequest.newBuilder())))
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused(() -> exists(request.setName(" ")))).isEqualTo(Code.INVALID_ARGUMENT);
  }

  private boolean exists(HasProductRequest.Builder request) {
    return anyone().hasProduct(request.build()).getExists();
  }

  @Test
  void products_of_a_name_are_listed() {
    create("Café Blend", "", 900);
    create("cafe blend", "", 500);
    create("Cafe Blend dark", "", 700);
    Filter.Builder name = Filter.newBuilder().setField("name").setEqualTo("CAFE BLEND");
    assertThat(names(options().addFilters(name).setSort("price")))
        .containsExactly("cafe blend", "Café Blend");
  }
}
