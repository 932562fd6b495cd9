package io.kiroku.catalog;

import static io.kiroku.catalog.CatalogRejection.CATEGORY_NOT_FOUND;
import static io.kiroku.catalog.CatalogRejection.CURRENCY_NOT_SOLD_IN;
import static io.kiroku.catalog.CatalogRejection.NAME_BLANK;
import static io.kiroku.catalog.CatalogRejection.PRICE_NOT_POSITIVE;
import static io.kiroku.catalog.CatalogRejection.PRICE_TOO_HIGH;
import static io.kiroku.catalog.CatalogRejection.PRODUCT_ALREADY_EXISTS;

import io.kiroku.catalog.Product.OnSale;
import io.kiroku.catalog.ProductCommand.CreateProduct;
import io.kiroku.catalog.ProductEvent.ProductCreated;
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

  private final DeciderSpec<ProductCommand, Product, ProductEvent> product =
      DeciderSpec.of(new ProductDecider());

  @Test
  void a_product_is_on_sale_once_created() {
    product
        .given()
        .when(create(" Bowl ", Money.yen(1_000), true))
        .then(CREATED)
        .thenState(new OnSale(BOWL, "Bowl", Money.yen(1_000), TEA));
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
    product
        .given()
        .when(create("Bowl", new Money(1_000, Currency.getInstance("EUR")), true))
        .thenRejected(CURRENCY_NOT_SOLD_IN);
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

  private static CreateProduct create(String name, Money price, boolean categoryExists) {
    return new CreateProduct(BOWL, name, "Raku", price, TEA, categoryExists, JPY, NOW);
  }
}
