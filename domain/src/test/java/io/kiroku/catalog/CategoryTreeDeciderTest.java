package io.kiroku.catalog;

import static io.kiroku.catalog.CatalogRejection.CATEGORY_ALREADY_EXISTS;
import static io.kiroku.catalog.CatalogRejection.CATEGORY_CYCLE;
import static io.kiroku.catalog.CatalogRejection.CATEGORY_HAS_CHILDREN;
import static io.kiroku.catalog.CatalogRejection.CATEGORY_HAS_PRODUCTS;
import static io.kiroku.catalog.CatalogRejection.CATEGORY_NAME_TAKEN;
import static io.kiroku.catalog.CatalogRejection.CATEGORY_NOT_FOUND;
import static io.kiroku.catalog.CatalogRejection.DESCRIPTION_TOO_LONG;
import static io.kiroku.catalog.CatalogRejection.NAME_BLANK;
import static io.kiroku.catalog.CatalogRejection.NAME_TOO_LONG;
import static io.kiroku.catalog.CatalogRejection.PARENT_CATEGORY_NOT_FOUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.catalog.CategoryCommand.CreateCategory;
import io.kiroku.catalog.CategoryCommand.DeleteCategory;
import io.kiroku.catalog.CategoryCommand.MoveCategory;
import io.kiroku.catalog.CategoryCommand.UpdateCategory;
import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.catalog.CategoryEvent.CategoryDeleted;
import io.kiroku.catalog.CategoryEvent.CategoryMoved;
import io.kiroku.catalog.CategoryEvent.CategoryUpdated;
import io.kiroku.catalog.CategoryTree.Node;
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

  private static final CategoryCreated OTHER_CREATED =
      new CategoryCreated(OTHER, "Other", "", null, NOW);

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

  @Test
  void a_name_may_be_as_long_as_its_bound() {
    String longest = "n".repeat(200);
    tree.given()
        .when(new CreateCategory(TEA, longest, "d".repeat(4_000), null, NOW))
        .then(new CategoryCreated(TEA, longest, "d".repeat(4_000), null, NOW));
  }

  @Test
  void an_update_changes_name_and_description_and_not_the_place() {
    tree.given(TEA_CREATED, BOWLS_CREATED)
        .when(new UpdateCategory(BOWLS, " Cups ", "small", NOW))
        .then(new CategoryUpdated(BOWLS, "Cups", "small", NOW))
        .thenState(
            tree.given(TEA_CREATED, new CategoryCreated(BOWLS, "Cups", "small", TEA, NOW)).state());
  }

  @Test
  void an_update_to_what_is_already_so_changes_nothing() {
    tree.given(TEA_CREATED).when(update(TEA, " Tea ")).thenNothing();
    tree.given(TEA_CREATED)
        .when(new UpdateCategory(TEA, "Tea", "new", NOW))
        .then(new CategoryUpdated(TEA, "Tea", "new", NOW));
  }

  @Test
  void an_update_may_change_the_case_of_its_own_name_but_not_take_a_siblings() {
    tree.given(TEA_CREATED).when(update(TEA, "TEA")).then(new CategoryUpdated(TEA, "TEA", "", NOW));
    tree.given(TEA_CREATED, OTHER_CREATED)
        .when(update(OTHER, "tea"))
        .thenRejected(CATEGORY_NAME_TAKEN);
    tree.given(TEA_CREATED, BOWLS_CREATED)
        .when(update(BOWLS, "Tea"))
        .then(new CategoryUpdated(BOWLS, "Tea", "", NOW));
  }

  @Test
  void an_update_is_bounded_and_of_a_category_that_is_there() {
    tree.given(TEA_CREATED).when(update(TEA, " ")).thenRejected(NAME_BLANK);
    tree.given().when(update(TEA, "Tea")).thenRejected(CATEGORY_NOT_FOUND);
  }

  @Test
  void a_renamed_category_frees_its_name() {
    tree.given(TEA_CREATED, new CategoryUpdated(TEA, "Cha", "", NOW))
        .when(create(OTHER, "Tea", null))
        .then(new CategoryCreated(OTHER, "Tea", "", null, NOW));
  }

  @Test
  void a_category_moves_below_another_or_to_the_top() {
    tree.given(TEA_CREATED, OTHER_CREATED)
        .when(new MoveCategory(OTHER, TEA, NOW))
        .then(new CategoryMoved(OTHER, TEA, NOW));
    tree.given(TEA_CREATED, BOWLS_CREATED)
        .when(new MoveCategory(BOWLS, null, NOW))
        .then(new CategoryMoved(BOWLS, null, NOW))
        .thenState(
            tree.given(TEA_CREATED, new CategoryCreated(BOWLS, "Bowls", "", null, NOW)).state());
  }

  @Test
  void a_move_to_where_it_is_changes_nothing() {
    tree.given(TEA_CREATED, BOWLS_CREATED).when(new MoveCategory(BOWLS, TEA, NOW)).thenNothing();
    tree.given(TEA_CREATED).when(new MoveCategory(TEA, null, NOW)).thenNothing();
  }

  @Test
  void a_category_is_never_below_itself() {
    var below = new CategoryCreated(OTHER, "Raku", "", BOWLS, NOW);
    tree.given(TEA_CREATED).when(new MoveCategory(TEA, TEA, NOW)).thenRejected(CATEGORY_CYCLE);
    tree.given(TEA_CREATED, BOWLS_CREATED)
        .when(new MoveCategory(TEA, BOWLS, NOW))
        .thenRejected(CATEGORY_CYCLE);
    tree.given(TEA_CREATED, BOWLS_CREATED, below)
        .when(new MoveCategory(TEA, OTHER, NOW))
        .thenRejected(CATEGORY_CYCLE);
    tree.given(TEA_CREATED, BOWLS_CREATED, below)
        .when(new MoveCategory(OTHER, TEA, NOW))
        .then(new CategoryMoved(OTHER, TEA, NOW));
  }

  @Test
  void a_move_needs_both_categories_and_a_free_name_there() {
    tree.given().when(new MoveCategory(TEA, null, NOW)).thenRejected(CATEGORY_NOT_FOUND);
    tree.given(TEA_CREATED)
        .when(new MoveCategory(TEA, BOWLS, NOW))
        .thenRejected(PARENT_CATEGORY_NOT_FOUND);
    tree.given(TEA_CREATED, BOWLS_CREATED, new CategoryCreated(OTHER, "bowls", "", null, NOW))
        .when(new MoveCategory(OTHER, TEA, NOW))
        .thenRejected(CATEGORY_NAME_TAKEN);
  }

  @Test
  void an_empty_category_is_deleted_and_its_name_is_free() {
    var deleted = new CategoryDeleted(TEA, NOW);
    tree.given(TEA_CREATED).when(new DeleteCategory(TEA, false, NOW)).then(deleted);
    tree.given(TEA_CREATED, deleted)
        .when(create(OTHER, "Tea", null))
        .then(new CategoryCreated(OTHER, "Tea", "", null, NOW));
    assertThat(tree.given(TEA_CREATED, deleted).state()).isEqualTo(CategoryTree.EMPTY);
  }

  @Test
  void a_category_is_not_deleted_while_something_is_in_it() {
    tree.given(TEA_CREATED, BOWLS_CREATED)
        .when(new DeleteCategory(TEA, false, NOW))
        .thenRejected(CATEGORY_HAS_CHILDREN);
    tree.given(TEA_CREATED)
        .when(new DeleteCategory(TEA, true, NOW))
        .thenRejected(CATEGORY_HAS_PRODUCTS);
    tree.given(TEA_CREATED, BOWLS_CREATED)
        .when(new DeleteCategory(BOWLS, false, NOW))
        .then(new CategoryDeleted(BOWLS, NOW));
  }

  @Test
  void what_was_never_there_cannot_be_deleted() {
    tree.given().when(new DeleteCategory(TEA, false, NOW)).thenRejected(CATEGORY_NOT_FOUND);
    tree.given(TEA_CREATED, new CategoryDeleted(TEA, NOW))
        .when(new DeleteCategory(TEA, false, NOW))
        .thenRejected(CATEGORY_NOT_FOUND);
  }

  @Test
  void facts_about_categories_that_are_not_there_change_nothing() {
    assertThat(
            tree.given(
                    new CategoryUpdated(TEA, "Tea", "", NOW),
                    new CategoryMoved(TEA, null, NOW),
                    new CategoryDeleted(TEA, NOW))
                .state())
        .isEqualTo(CategoryTree.EMPTY);
  }

  @Test
  void a_tree_knows_its_nodes() {
    var state = tree.given(TEA_CREATED, BOWLS_CREATED).state();
    assertThat(state.has(BOWLS)).isTrue();
    assertThat(state.has(OTHER)).isFalse();
    assertThat(state.find(BOWLS)).isEqualTo(new Node("Bowls", "", TEA));
  }

  private static UpdateCategory update(CategoryId id, String name) {
    return new UpdateCategory(id, name, "", NOW);
  }

  private static CreateCategory create(CategoryId id, String name, @Nullable CategoryId parent) {
    return new CreateCategory(id, name, "", parent, NOW);
  }
}
