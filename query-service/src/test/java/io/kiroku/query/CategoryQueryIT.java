package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.kiroku.catalog.CategoryEvent.CategoryMoved;
import io.kiroku.catalog.CategoryEvent.CategoryUpdated;
import io.kiroku.proto.query.v1.CatalogQueryServiceGrpc;
import io.kiroku.proto.query.v1.CatalogQueryServiceGrpc.CatalogQueryServiceBlockingStub;
import io.kiroku.proto.query.v1.Category;
import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.FindCategoriesRequest;
import io.kiroku.proto.query.v1.FindCategoriesResponse;
import io.kiroku.proto.query.v1.GetCategoriesRequest;
import io.kiroku.proto.query.v1.GetCategoryByNameRequest;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.GetProductsRequest;
import io.kiroku.proto.query.v1.HasCategoryRequest;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.proto.query.v1.ListProductsRequest;
import io.kiroku.proto.query.v1.Product;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.shared.CategoryId;
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

/// Categories, and products with theirs, each test's in a shop of its own.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class CategoryQueryIT {
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

  private CatalogQueryServiceBlockingStub reader() {
    return CatalogQueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(shop.as("mika", "reader"));
  }

  private static ListOptions.Builder options() {
    return ListOptions.newBuilder();
  }

  private static ListOptions.Builder below(String parent) {
    return options().addFilters(Filter.newBuilder().setField("parent").setEqualTo(parent));
  }

  private FindCategoriesResponse find(ListOptions.Builder options) {
    return reader().findCategories(FindCategoriesRequest.newBuilder().setOptions(options).build());
  }

  private List<String> names(ListOptions.Builder options) {
    return find(options).getCategoriesList().stream().map(Category::getName).toList();
  }

  private List<String> found(ListOptions.Builder options, String search) {
    var request = FindCategoriesRequest.newBuilder().setOptions(options).setSearch(search);
    return reader().findCategories(request.build()).getCategoriesList().stream()
        .map(Category::getName)
        .toList();
  }

  private static Code refused(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
  }

  @Test
  void products_are_shown_everywhere_with_what_their_category_is_called_now() {
    CategoryId drinks = shop.category("Drinks", null);
    CategoryId tea = shop.category("Tea", drinks);
    String product = shop.product(tea, "Sencha", 900).toString();
    shop.product(new CategoryId(UUID.randomUUID()), "Stray", 1);
    assertThat(reader().listProducts(ListProductsRequest.getDefaultInstance()).getProductsList())
        .extracting(Product::getCategoryName, it -> List.copyOf(it.getCategoryPathList()))
        .containsExactly(tuple("Tea", List.of("Drinks", "Tea")), tuple("", List.of()));
    shop.record(new CategoryUpdated(tea, "Green tea", "", Instant.now()));
    assertThat(
            reader()
                .listProducts(ListProductsRequest.newBuilder().setSearch("sen").build())
                .getProducts(0)
                .getCategoryPathList())
        .containsExactly("Drinks", "Green tea");
    shop.record(new CategoryMoved(tea, null, Instant.now()));
    assertThat(
            reader()
                .getProducts(GetProductsRequest.newBuilder().addProductIds(product).build())
                .getProducts(0)
                .getCategoryPathList())
        .containsExactly("Green tea");
    shop.record(new CategoryUpdated(drinks, "Things", "", Instant.now()));
    shop.record(new CategoryMoved(tea, drinks, Instant.now()));
    assertThat(
            QueryServiceGrpc.newBlockingStub(channel)
                .withInterceptors(shop.as("mika", "reader"))
                .getProduct(GetProductRequest.newBuilder().setProductId(product).build())
                .getProduct())
        .returns("Green tea", Product::getCategoryName)
        .returns(List.of("Things", "Green tea"), it -> List.copyOf(it.getCategoryPathList()));
  }

  @Test
  void categories_are_listed_in_pages_by_their_paths_or_names() {
    CategoryId drinks = shop.category("drinks", null);
    shop.category("Tea", drinks);
    shop.category("Books", null);
    CategoryId coffee = shop.category("Coffee", drinks);
    shop.category("Zimbabwe", coffee);
    List<String> byPath = List.of("Books", "drinks", "Coffee", "Zimbabwe", "Tea");
    assertThat(names(options())).isEqualTo(byPath);
    assertThat(names(options().setSort("-path"))).isEqualTo(byPath.reversed());
    assertThat(names(options().setSort("name")))
        .containsExactly("Books", "Coffee", "drinks", "Tea", "Zimbabwe");
    FindCategoriesResponse first = find(options().setPageSize(2));
    shop.category("Aprons", null);
    var second = options().setPageSize(2).setPageToken(first.getNextPageToken());
    assertThat(names(second)).containsExactly("Coffee", "Zimbabwe");
    assertThat(names(options().setPageSize(2).setPage(3))).containsExactly("Zimbabwe", "Tea");
  }

  @Test
  void categories_are_found_by_parent_name_and_words() {
    CategoryId drinks = shop.category("Drinks", null);
    CategoryId tea = shop.category("Thé glacé", drinks);
    shop.category("Black", tea);
    shop.category("Black", drinks);
    assertThat(names(below(drinks.toString()))).containsExactly("Black", "Thé glacé");
    assertThat(names(below(""))).containsExactly("Drinks");
    Filter.Builder black = Filter.newBuilder().setField("name").setEqualTo("BLACK");
    assertThat(names(options().addFilters(black))).hasSize(2);
    assertThat(find(below(tea.toString()).addFilters(black)).getCategoriesList())
        .extracting(Category::getParentCategoryId)
        .containsExactly(tea.toString());
    assertThat(found(options(), "GLACE the about")).containsExactly("Thé glacé");
    assertThat(found(below(tea.toString()), "the")).isEmpty();
  }

  @Test
  void categories_tell_their_products_when_they_are_listed() {
    CategoryId drinks = shop.category("Drinks", null);
    CategoryId tea = shop.category("Tea", drinks);
    var counted =
        FindCategoriesRequest.newBuilder().setOptions(options()).setCountProducts(true).build();
    for (long products = 1; products <= 5; products++) {
      shop.product(tea, "Sencha " + products, 900);
      // Whoever knows of a product counts it, however short a time ago somebody counted.
      assertThat(reader().findCategories(counted).getCategoriesList())
          .extracting(Category::getProducts, Category::getProductsInAll)
          .containsExactly(tuple(0L, products), tuple(products, products));
    }
  }

  @Test
  void categories_are_got_by_their_ids_in_the_order_asked_for() {
    CategoryId tea = shop.category("Tea", null);
    CategoryId coffee = shop.category("Coffee", null);
    var request =
        GetCategoriesRequest.newBuilder()
            .addCategoryIds(coffee.toString())
            .addCategoryIds(UUID.randomUUID().toString())
            .addCategoryIds(tea.toString())
            .addCategoryIds(coffee.toString())
            .build();
    assertThat(reader().getCategories(request).getCategoriesList())
        .extracting(Category::getName)
        .containsExactly("Coffee", "Tea");
  }

  @Test
  void a_category_is_got_by_its_name_among_its_siblings() {
    CategoryId drinks = shop.category("Drinks", null);
    CategoryId tea = shop.category("Tea", drinks);
    var request = GetCategoryByNameRequest.newBuilder().setName(" TEA ");
    request.setParentCategoryId(drinks.toString());
    assertThat(idOf(request)).isEqualTo(tea.toString());
    request.clearParentCategoryId();
    assertThat(refused(() -> idOf(request))).isEqualTo(Code.NOT_FOUND);
    assertThat(idOf(request.setName("drinks"))).isEqualTo(drinks.toString());
  }

  private String idOf(GetCategoryByNameRequest.Builder request) {
    return reader().getCategoryByName(request.build()).getCategory().getCategoryId();
  }

  @Test
  void whether_a_category_exists_is_told_by_id_and_by_name() {
    CategoryId drinks = shop.category("Drinks", null);
    shop.category("Tea", drinks);
    var request = HasCategoryRequest.newBuilder().setParentCategoryId(drinks.toString());
    assertThat(exists(request.setCategoryId(drinks.toString()))).isTrue();
    assertThat(exists(request.setCategoryId(UUID.randomUUID().toString()))).isFalse();
    assertThat(exists(request.setName("tea"))).isTrue();
    assertThat(exists(request.setName("te"))).isFalse();
    assertThat(exists(request.clearParentCategoryId().setName("tea"))).isFalse();
  }

  private boolean exists(HasCategoryRequest.Builder request) {
    return reader().hasCategory(request.build()).getExists();
  }

  @Test
  void what_cannot_be_answered_is_refused() {
    var many = GetCategoriesRequest.newBuilder();
    for (int i = 0; i < 201; i++) {
      many.addCategoryIds(UUID.randomUUID().toString());
    }
    assertThat(
            List.of(
                refused(() -> find(options().setSort("description"))),
                refused(() -> find(options().setPageSize(201))),
                refused(() -> find(below("1"))),
                refused(() -> reader().getCategories(many.build())),
                refused(() -> idOf(GetCategoryByNameRequest.newBuilder().setName(" "))),
                refused(() -> exists(HasCategoryRequest.newBuilder()))))
        .containsOnly(Code.INVALID_ARGUMENT);
  }
}
