package io.kiroku.query.product;

import static io.kiroku.query.Told.AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.catalog.ProductEvent.ProductCreated;
import io.kiroku.query.Told;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.Money;
import io.kiroku.shared.ProductId;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ProductProjectionTest {
  @Test
  void a_new_product_is_shown_as_it_was_created() {
    var id = new ProductId(new UUID(1, 1));
    var category = new CategoryId(new UUID(2, 1));

    assertThat(
            Told.to(
                new ProductProjection(),
                new ProductCreated(id, "Tea", "green", Money.yen(800), category, AT)))
        .isEqualTo(
            new ProductDocument(
                id.toString(), "default", "Tea", "green", 800, "JPY", category.toString(), AT));
  }
}
