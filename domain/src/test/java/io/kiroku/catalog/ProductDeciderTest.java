package io.kiroku.catalog;

import static io.kiroku.catalog.CatalogRejection.CATEGORY_HAS_PRODUCTS;
import static io.kiroku.catalog.CatalogRejection.CATEGORY_NOT_FOUND;
import static io.kiroku.catalog.CatalogRejection.CURRENCY_NOT_SOLD_IN;
import static io.kiroku.catalog.CatalogRejection.NAME_BLANK;
import static io.kiroku.catalog.CatalogRejection.PRICE_NOT_POSITIVE;
import static io.kiroku.catalog.CatalogRejection.PRICE_TOO_HIGH;
import static io.kiroku.catalog.CatalogRejection.PRODUCT_ALREADY_EXISTS;
import static io.kiroku.catalog.CatalogRejection.PRODUCT_DISCONTINUED;
import static io.kiroku.catalog.CatalogRejection.PRODUCT_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.catalog.Product.Absent;
import io.kiroku.catalog.Product.Discontinued;
import io.kiroku.catalog.Product.OnSale;
import io.kiroku.catalog.ProductCommand.ChangeProductCategory;
import io.kiroku.catalog.ProductCommand.ChangeProductPrice;
import io.kiroku.catalog.ProductCommand.CreateProduct;
import io.kiroku.catalog.ProductCommand.DiscontinueProduct;
import io.kiroku.catalog.ProductCommand.TurnProductAway;
import io.kiroku.catalog.ProductCommand.UpdateProduct;
import io.kiroku.catalog.ProductEvent.ProductCategoryChanged;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductDiscontinued;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.catalog.ProductEvent.ProductTurnedAway;
import io.kiroku.catalog.ProductEvent.ProductUpdated;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;
import io.kiroku.testing.DeciderSpec;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProductDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Currency JPY = Currency.getInstance("JPY");
  private static final ProductId BOWL = new ProductId(new UUID(0, 1));
  private static final CategoryId TEA = new CategoryId(new UUID(0, 2));
  private static final ProductCreated CREATED =
      new ProductCreated(BOWL, "Bowl", "Raku", Money.yen(1_000), TEA, NOW);

  private static final CategoryId GIFTS = new CategoryId(new UUID(0, 3));
  private static final ProductDiscontinued DISCONTINUED = new ProductDiscontinued(BOWL, NOW);
  private static final Money EURO = new Money(1_000, Currency.getInstance("EUR"));

  private final DeciderSpec<ProductCommand, Product, ProductEvent> product =
      DeciderSpec.of(new ProductDecider());

  @Test
  void a_product_is_on_sale_once_created() {
    product
        .given()
        .when(create(" Bowl ", Money.yen(1_000), true))
        .then(CREATED)
        .thenState(new OnSale(BOWL, "Bowl", "Raku", Money.yen(1_000), TEA));
  }

  @Test
  void the_price_is_positive_and_bounded() {
    product.given().when(create("Bowl", Money.yen(0), true)).thenRejected(PRICE_NOT_POSITIVE);
    product.given().when(create("Bowl", Money.yen(-1), true)).thenRejected(PRICE_NOT_POSITIVE);
    product
        .given()
        .when(create("Bowl", Money.yen(Long.MAX_VALUE), true))
        .thenRejected(PRICE_TOO_HIGH);
  }

  @Test
  void the_shop_sells_in_one_currency() {
    product.given().when(create("Bowl", EURO, true)).thenRejected(CURRENCY_NOT_SOLD_IN);
  }

  @Test
  void the_category_has_to_be_there() {
    product.given().when(create("Bowl", Money.yen(1_000), false)).thenRejected(CATEGORY_NOT_FOUND);
  }

  @Test
  void the_name_is_not_blank() {
    product.given().when(create(" ", Money.yen(1_000), true)).thenRejected(NAME_BLANK);
  }

  @Test
  void a_product_is_created_once() {
    product
        .given(CREATED)
        .when(create("Bowl", Money.yen(1_000), true))
        .thenRejected(PRODUCT_ALREADY_EXISTS);
  }

  @Test
  void a_discontinued_product_is_not_created_again() {
    product
        .given(CREATED, DISCONTINUED)
        .when(create("Bowl", Money.yen(1_000), true))
        .thenRejected(PRODUCT_ALREADY_EXISTS);
  }

  @Test
  void the_highest_price_can_be_asked() {
    var highest = Money.yen(Money.PRICE_MINOR_UNITS_MAX);
    product.given(CREATED).when(price(highest)).then(new ProductPriceChanged(BOWL, highest, NOW));
  }

  @Test
  void an_update_changes_name_and_description_only() {
    product
        .given(CREATED)
        .when(new UpdateProduct(BOWL, " Black bowl ", "Raku, black", NOW))
        .then(new ProductUpdated(BOWL, "Black bowl", "Raku, black", NOW))
        .thenState(new OnSale(BOWL, "Black bowl", "Raku, black", Money.yen(1_000), TEA));
    product
        .given(CREATED)
        .when(new UpdateProduct(BOWL, "Bowl", "Raku, black", NOW))
        .then(new ProductUpdated(BOWL, "Bowl", "Raku, black", NOW));
    product.given(CREATED).when(new UpdateProduct(BOWL, " Bowl ", "Raku", NOW)).thenNothing();
    product.given(CREATED).when(new UpdateProduct(BOWL, " ", "", NOW)).thenRejected(NAME_BLANK);
  }

  @Test
  void a_new_price_is_positive_bounded_and_in_the_shops_currency() {
    product
        .given(CREATED)
        .when(price(Money.yen(1)))
        .then(new ProductPriceChanged(BOWL, Money.yen(1), NOW))
        .thenState(new OnSale(BOWL, "Bowl", "Raku", Money.yen(1), TEA));
    product.given(CREATED).when(price(Money.yen(1_000))).thenNothing();
    product.given(CREATED).when(price(Money.yen(0))).thenRejected(PRICE_NOT_POSITIVE);
    product
        .given(CREATED)
        .when(price(Money.yen(Money.PRICE_MINOR_UNITS_MAX + 1)))
        .thenRejected(PRICE_TOO_HIGH);
    product.given(CREATED).when(price(EURO)).thenRejected(CURRENCY_NOT_SOLD_IN);
  }

  @Test
  void a_product_moves_to_a_category_that_is_there() {
    product
        .given(CREATED)
        .when(new ChangeProductCategory(BOWL, GIFTS, true, NOW))
        .then(new ProductCategoryChanged(BOWL, GIFTS, NOW))
        .thenState(new OnSale(BOWL, "Bowl", "Raku", Money.yen(1_000), GIFTS));
    product.given(CREATED).when(new ChangeProductCategory(BOWL, TEA, true, NOW)).thenNothing();
    product
        .given(CREATED)
        .when(new ChangeProductCategory(BOWL, GIFTS, false, NOW))
        .thenRejected(CATEGORY_NOT_FOUND);
  }

  @Test
  void a_product_is_discontinued_once_and_for_good() {
    product
        .given(CREATED)
        .when(new DiscontinueProduct(BOWL, NOW))
        .then(DISCONTINUED)
        .thenState(new Discontinued(BOWL));
    product.given(CREATED, DISCONTINUED).when(new DiscontinueProduct(BOWL, NOW)).thenNothing();
  }

  @Test
  void a_discontinued_product_does_not_change() {
    var given = product.given(CREATED, DISCONTINUED);
    given.when(new UpdateProduct(BOWL, "Cup", "", NOW)).thenRejected(PRODUCT_DISCONTINUED);
    given.when(price(Money.yen(1))).thenRejected(PRODUCT_DISCONTINUED);
    given
        .when(new ChangeProductCategory(BOWL, GIFTS, true, NOW))
        .thenRejected(PRODUCT_DISCONTINUED);
    assertThat(
            product
                .given(
                    CREATED,
                    DISCONTINUED,
                    new ProductUpdated(BOWL, "Cup", "", NOW),
                    new ProductPriceChanged(BOWL, Money.yen(1), NOW),
                    new ProductCategoryChanged(BOWL, GIFTS, NOW))
                .state())
        .isEqualTo(new Discontinued(BOWL));
  }

  @Test
  void what_was_never_created_does_not_change() {
    product.given().when(new UpdateProduct(BOWL, "Cup", "", NOW)).thenRejected(PRODUCT_NOT_FOUND);
    product.given().when(price(Money.yen(1))).thenRejected(PRODUCT_NOT_FOUND);
    product
        .given()
        .when(new ChangeProductCategory(BOWL, GIFTS, true, NOW))
        .thenRejected(PRODUCT_NOT_FOUND);
    product.given().when(new DiscontinueProduct(BOWL, NOW)).thenRejected(PRODUCT_NOT_FOUND);
    assertThat(product.given().state()).isEqualTo(new Absent());
  }

  @Test
  void a_product_that_is_not_in_a_category_is_turned_away_from_it_and_stays_as_it_is() {
    var turnedAway = new ProductTurnedAway(BOWL, GIFTS, NOW);
    product
        .given(CREATED)
        .when(new TurnProductAway(BOWL, GIFTS, NOW))
        .then(turnedAway)
        .thenState(product.given(CREATED).state());
    product
        .given()
        .when(new TurnProductAway(BOWL, GIFTS, NOW))
        .then(turnedAway)
        .thenState(new Absent());
    product.given(turnedAway).when(create("Bowl", Money.yen(1_000), true)).then(CREATED);
  }

  @Test
  void a_product_that_is_in_the_category_is_not_turned_away_from_it() {
    product
        .given(CREATED)
        .when(new TurnProductAway(BOWL, TEA, NOW))
        .thenRejected(CATEGORY_HAS_PRODUCTS);
    product.given(CREATED, DISCONTINUED).when(new TurnProductAway(BOWL, TEA, NOW)).thenNothing();
  }

  private static ChangeProductPrice price(Money price) {
    return new ChangeProductPrice(BOWL, price, JPY, NOW);
  }

  private static CreateProduct create(String name, Money price, boolean categoryExists) {
    return new CreateProduct(BOWL, name, "Raku", price, TEA, categoryExists, JPY, NOW);
  }
}
