package io.kiroku.query.product;

import static io.kiroku.query.Told.AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ProductEvent.ProductCategoryChanged;
import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.catalog.ProductEvent.ProductDiscontinued;
import io.kiroku.catalog.ProductEvent.ProductPriceChanged;
import io.kiroku.catalog.ProductEvent.ProductTurnedAway;
import io.kiroku.catalog.ProductEvent.ProductUpdated;
import io.kiroku.projection.Index;
import io.kiroku.query.IndexGaps;
import io.kiroku.query.Told;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class ProductProjectionTest {
  private static final ProductId ID = new ProductId(new UUID(1, 1));
  private static final CategoryId DRINKS = new CategoryId(new UUID(2, 1));
  private static final CategoryId GIFTS = new CategoryId(new UUID(2, 2));
  private static final ProductEvent CREATED =
      new ProductCreated(ID, "Tea", "green", Money.yen(800), DRINKS, AT);

  @Test
  void a_new_product_is_shown_as_it_was_created() {
    assertThat(after(CREATED)).isEqualTo(product("Tea", "green", 800, DRINKS, false));
  }

  @Test
  void each_change_shows_and_leaves_the_rest() {
    assertThat(after(CREATED, new ProductUpdated(ID, "Sencha", "first flush", AT)))
        .isEqualTo(product("Sencha", "first flush", 800, DRINKS, false));
    assertThat(after(CREATED, new ProductPriceChanged(ID, Money.yen(900), AT)))
        .isEqualTo(product("Tea", "green", 900, DRINKS, false));
    assertThat(after(CREATED, new ProductCategoryChanged(ID, GIFTS, AT)))
        .isEqualTo(product("Tea", "green", 800, GIFTS, false));
  }

  @Test
  void what_is_no_longer_sold_stays_to_be_seen() {
    assertThat(after(CREATED, new ProductDiscontinued(ID, AT)))
        .isEqualTo(product("Tea", "green", 800, DRINKS, true));
  }

  @Test
  void a_product_that_was_turned_away_from_a_category_is_shown_as_if_nothing_had_happened() {
    ProductTurnedAway turnedAway = new ProductTurnedAway(ID, GIFTS, AT);
    assertThat(after(turnedAway, CREATED, turnedAway))
        .isEqualTo(product("Tea", "green", 800, DRINKS, false, 101));
  }

  @Test
  void it_is_sorted_and_found_by_what_it_is_called_now() {
    ProductDocument renamed = after(CREATED, new ProductUpdated(ID, "Crème de Thé", "＃1 Tea", AT));
    assertThat(renamed.foldedName()).isEqualTo("creme de the");
    assertThat(renamed.words()).containsExactly("1", "creme", "de", "tea", "the");
  }

  @Test
  void every_filter_and_sort_of_products_has_its_index() {
    List<Index> indexes = new ProductProjection().indexes();
    assertThat(IndexGaps.of(ProductListing.DECLARED, indexes)).isEmpty();
    assertThat(IndexGaps.of(ProductListing.LOW_STOCK, indexes)).isEmpty();
    assertThat(indexes).contains(Index.on("product.tenant", "stock.available"));
  }

  @Test
  void statistics_find_a_tenants_products_by_an_index() {
    assertThat(CatalogFigures.stages("acme").getFirst())
        .isEqualTo(new Document("$match", new Document("product.tenant", "acme")));
    assertThat(new ProductProjection().indexes())
        .anyMatch(index -> index.fields().getFirst().equals("product.tenant"));
  }

  private static ProductDocument after(ProductEvent... story) {
    return Told.to(new ProductContribution(), story);
  }

  private static ProductDocument product(
      String name, String description, long yen, CategoryId category, boolean discontinued) {
    return product(name, description, yen, category, discontinued, 100);
  }

  /// @param position in the log of its creation
  private static ProductDocument product(
      String name,
      String description,
      long yen,
      CategoryId category,
      boolean discontinued,
      long position) {
    return new ProductDocument(
        ID.toString(),
        "default",
        name,
        description,
        yen,
        "JPY",
        category.toString(),
        discontinued,
        AT,
        position);
  }
}
