package io.kiroku.catalog;

import static io.kiroku.catalog.CatalogRejection.CATEGORY_ALREADY_EXISTS;
import static io.kiroku.catalog.CatalogRejection.CATEGORY_NAME_TAKEN;
import static io.kiroku.catalog.CatalogRejection.DESCRIPTION_TOO_LONG;
import static io.kiroku.catalog.CatalogRejection.NAME_BLANK;
import static io.kiroku.catalog.CatalogRejection.NAME_TOO_LONG;
import static io.kiroku.catalog.CatalogRejection.PARENT_CATEGORY_NOT_FOUND;

import io.kiroku.catalog.CategoryCommand.CreateCategory;
import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.shared.CategoryId;
import io.kiroku.testing.DeciderSpec;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CategoryTreeDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final CategoryId TEA = new CategoryId(new UUID(0, 1));
  private static final CategoryId BOWLS = new CategoryId(new UUID(0, 2));
  private static final CategoryId OTHER = new CategoryId(new UUID(0, 3));
  private static final CategoryCreated TEA_CREATED = new CategoryCreated(TEA, "Tea", "", null, NOW);
  private static final CategoryCreated BOWLS_CREATED =
      new CategoryCreated(BOWLS, "Bowls", "", TEA, NOW);

  private final DeciderSpec<CategoryCommand, CategoryTree, CategoryEvent> tree =
      DeciderSpec.of(new CategoryTreeDecider());

  @Test
  void a_category_at_the_top_needs_no_parent() {
    tree.given().when(create(TEA, "Tea", null)).then(TEA_CREATED);
  }

  @Test
  void a_category_below_another_needs_it_to_be_there() {
    tree.given(TEA_CREATED).when(create(BOWLS, "Bowls", TEA)).then(BOWLS_CREATED);
    tree.given().when(create(BOWLS, "Bowls", TEA)).thenRejected(PARENT_CATEGORY_NOT_FOUND);
  }

  @Test
  void a_sibling_has_another_name_whatever_its_case_and_spaces() {
    tree.given(TEA_CREATED).when(create(OTHER, " tEA ", null)).thenRejected(CATEGORY_NAME_TAKEN);
    tree.given(TEA_CREATED, BOWLS_CREATED)
        .when(create(OTHER, "bowls", TEA))
        .thenRejected(CATEGORY_NAME_TAKEN);
  }

  @Test
  void elsewhere_in_the_tree_the_name_is_free() {
    tree.given(TEA_CREATED, BOWLS_CREATED)
        .when(create(OTHER, "Bowls", null))
        .then(new CategoryCreated(OTHER, "Bowls", "", null, NOW));
  }

  @Test
  void names_are_stored_without_outer_spaces() {
    tree.given().when(create(TEA, "  Tea ", null)).then(TEA_CREATED);
  }

  @Test
  void names_and_descriptions_are_bounded() {
    tree.given().when(create(TEA, " ", null)).thenRejected(NAME_BLANK);
    tree.given().when(create(TEA, "n".repeat(201), null)).thenRejected(NAME_TOO_LONG);
    tree.given()
        .when(new CreateCategory(TEA, "Tea", "d".repeat(4_001), null, NOW))
        .thenRejected(DESCRIPTION_TOO_LONG);
  }

  @Test
  void an_id_is_used_once() {
    tree.given(TEA_CREATED).when(create(TEA, "Cups", null)).thenRejected(CATEGORY_ALREADY_EXISTS);
  }

  private static CreateCategory create(CategoryId id, String name, @Nullable CategoryId parent) {
    return new CreateCategory(id, name, "", parent, NOW);
  }
}
