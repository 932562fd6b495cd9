package io.kiroku.command.catalog;

import static io.kiroku.command.catalog.CatalogProcess.command;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.catalog.CatalogRejection;
import io.kiroku.catalog.ProductCommand;
import io.kiroku.decider.Rejection;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.CommandOutcome.Rejected;
import io.kiroku.eventstore.CommandRejection;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CategoryDeletionTest {
  private static final CategoryId TEA = new CategoryId(new UUID(0, 1));
  private static final CategoryId GIFTS = new CategoryId(new UUID(0, 2));
  private static final CategoryId BOWLS = new CategoryId(new UUID(0, 3));
  private static final ProductId BOWL = new ProductId(new UUID(1, 1));
  private static final ProductId WHISK = new ProductId(new UUID(1, 2));

  /// More than a deletion takes.
  private static final int STEPS_MOST = 30;

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final CatalogProcess catalog = new CatalogProcess(store, store);

  @BeforeEach
  void fillShop() {
    catalog.createCategory(TEA, null);
    catalog.createCategory(GIFTS, null);
  }

  @Test
  void a_category_goes_once_its_products_are_moved_or_discontinued() {
    catalog.create(BOWL, TEA);
    catalog.create(WHISK, TEA);
    assertRefused(catalog.deleteCategory(TEA), CatalogRejection.CATEGORY_HAS_PRODUCTS);
    catalog.move(BOWL, GIFTS);
    assertRefused(catalog.deleteCategory(TEA), CatalogRejection.CATEGORY_HAS_PRODUCTS);
    catalog.discontinue(WHISK);

    assertAccepted(catalog.deleteCategory(TEA));

    assertThat(catalog.exists(TEA)).isFalse();
    assertThat(catalog.isIn(BOWL, GIFTS)).isTrue();
    // What moved away long ago is left alone: created, moved.
    assertThat(CatalogProcess.await(catalog.products.load(Products.stream(BOWL))).revision())
        .isEqualTo(1);
  }

  @Test
  void nothing_gets_into_a_deleted_category() {
    catalog.create(BOWL, GIFTS);
    catalog.deleteCategory(TEA);
    assertRefused(catalog.move(BOWL, TEA), CatalogRejection.CATEGORY_NOT_FOUND);
    assertRefused(catalog.create(WHISK, TEA), CatalogRejection.CATEGORY_NOT_FOUND);
  }

  @Test
  void what_moved_back_is_noticed() {
    catalog.create(BOWL, TEA);
    catalog.move(BOWL, GIFTS);
    catalog.move(BOWL, TEA);
    assertRefused(catalog.deleteCategory(TEA), CatalogRejection.CATEGORY_HAS_PRODUCTS);
  }

  @Test
  void children_keep_a_category() {
    catalog.createCategory(BOWLS, TEA);
    assertRefused(catalog.deleteCategory(TEA), CatalogRejection.CATEGORY_HAS_CHILDREN);
    assertAccepted(catalog.deleteCategory(BOWLS));
    assertAccepted(catalog.deleteCategory(TEA));
  }

  @Test
  void the_same_command_has_the_same_answer_and_its_key_is_good_for_nothing_else() {
    var first = assertAccepted(catalog.deleteCategory(TEA, command("a-key", null)));
    var again = assertAccepted(catalog.deleteCategory(TEA, command("a-key", null)));
    assertThat(again.repeated()).isTrue();
    assertThat(again.revision()).isEqualTo(first.revision());

    var other = with(command("a-key", null), "another request", CatalogProcess.TENANT);
    assertRefused(catalog.deleteCategory(GIFTS, other), CommandRejection.COMMAND_ID_REUSED);
    assertThat(catalog.shelf(GIFTS).exists()).isFalse();
  }

  @Test
  void a_product_that_was_put_there_has_the_same_answer_also_when_the_category_is_gone() {
    var put = command("put", null);
    catalog.create(BOWL, GIFTS);
    var first = assertAccepted(catalog.move(BOWL, TEA, put));
    catalog.move(BOWL, GIFTS);
    assertAccepted(catalog.deleteCategory(TEA));
    var again = assertAccepted(catalog.move(BOWL, TEA, put));
    assertThat(again.revision()).isEqualTo(first.revision());
    assertThat(catalog.isIn(BOWL, GIFTS)).isTrue();
  }

  @Test
  void the_tree_has_to_be_where_the_caller_expects_it() {
    assertThatThrownBy(() -> catalog.deleteCategory(TEA, command("early", 0L)))
        .isInstanceOf(ConcurrencyConflict.class);
    assertThat(catalog.shelf(TEA).exists()).isFalse();
    assertAccepted(catalog.deleteCategory(TEA, command("now", 1L)));
  }

  @Test
  void a_move_keeps_to_the_revision_that_the_caller_expects() {
    catalog.create(BOWL, GIFTS);
    assertThatThrownBy(() -> catalog.move(BOWL, TEA, command("early", 5L)))
        .isInstanceOf(ConcurrencyConflict.class);
    assertThat(catalog.shelf(TEA).exists()).isFalse();
    assertAccepted(catalog.move(BOWL, TEA, command("now", 0L)));
  }

  @Test
  void what_is_refused_anyway_is_not_shelved() {
    catalog.create(BOWL, GIFTS);
    assertRefused(catalog.create(BOWL, TEA), CatalogRejection.PRODUCT_ALREADY_EXISTS);
    assertRefused(catalog.move(WHISK, TEA), CatalogRejection.PRODUCT_NOT_FOUND);
    assertThat(catalog.shelf(TEA).exists()).isFalse();
  }

  @Test
  void another_tenants_category_is_not_there() {
    var stranger = with(command(), "a request", "another");
    assertRefused(catalog.deleteCategory(TEA, stranger), CatalogRejection.CATEGORY_NOT_FOUND);
    assertRefused(catalog.create(BOWL, TEA, stranger), CatalogRejection.CATEGORY_NOT_FOUND);
    assertThat(catalog.shelf(TEA).exists()).isFalse();
  }

  @Test
  void products_from_before_there_were_shelves_are_found_in_the_log() {
    catalog.createUnshelved(BOWL, TEA);
    assertRefused(catalog.deleteCategory(TEA), CatalogRejection.CATEGORY_HAS_PRODUCTS);
    catalog.createUnshelved(WHISK, GIFTS);
    CatalogProcess.await(
        catalog.products.handle(
            Products.stream(BOWL),
            new ProductCommand.ChangeProductCategory(BOWL, GIFTS, true, Instant.EPOCH),
            command()));

    assertAccepted(catalog.deleteCategory(TEA));

    catalog.discontinue(WHISK);
    assertRefused(catalog.deleteCategory(GIFTS), CatalogRejection.CATEGORY_HAS_PRODUCTS);
  }

  @Test
  void the_log_is_read_once_for_each_category() {
    AtomicInteger readings = new AtomicInteger();
    var other =
        new CatalogProcess(store, new SteppedStore(store, store, readings::incrementAndGet));
    catalog.createUnshelved(BOWL, TEA);
    assertRefused(other.deleteCategory(TEA), CatalogRejection.CATEGORY_HAS_PRODUCTS);
    assertThat(readings).hasValue(1);
    catalog.discontinue(BOWL);
    // It opens the shelf and dies.
    boolean dies = false;
    for (int steps = 0; !catalog.shelf(TEA).exists(); steps++) {
      dies = SteppedStore.dies(steps, store, store, process -> process.deleteCategory(TEA));
    }
    assertThat(dies).isTrue();

    assertAccepted(other.deleteCategory(TEA));

    assertThat(readings).hasValue(1);
  }

  @Test
  void a_product_that_never_came_does_not_keep_the_category_and_may_still_come_elsewhere() {
    CatalogProcess.await(catalog.shelves.letIn(TEA, BOWL, -1, command()));
    assertAccepted(catalog.deleteCategory(TEA));
    assertRefused(catalog.create(BOWL, TEA), CatalogRejection.CATEGORY_NOT_FOUND);
    assertAccepted(catalog.create(BOWL, GIFTS));
  }

  @Test
  void a_deletion_that_dies_at_any_step_is_carried_to_its_end_when_it_is_sent_again() {
    int steps = 0;
    boolean dies = true;
    while (dies) {
      CategoryId id = new CategoryId(new UUID(2, steps));
      catalog.createCategory(id, null);
      CatalogProcess.await(
          catalog.shelves.letIn(id, new ProductId(new UUID(3, steps)), -1, command()));
      var delete = command("delete " + steps, null);
      dies = SteppedStore.dies(steps, store, store, process -> process.deleteCategory(id, delete));
      var again = assertAccepted(new CatalogProcess(store, store).deleteCategory(id, delete));
      assertThat(again.repeated()).isEqualTo(!dies);
      assertThat(catalog.exists(id)).isFalse();
      steps++;
    }
    assertThat(steps).isGreaterThan(10);
  }

  @Test
  void a_shelf_that_a_dead_deletion_closed_opens_again_if_the_category_got_a_child() {
    closeShelf(TEA);
    catalog.createCategory(BOWLS, TEA);
    assertRefused(catalog.create(BOWL, TEA), CatalogRejection.CATEGORY_NOT_FOUND);

    assertRefused(catalog.deleteCategory(TEA), CatalogRejection.CATEGORY_HAS_CHILDREN);

    assertAccepted(catalog.create(BOWL, TEA));
  }

  @Test
  void a_deletion_that_loses_its_expected_revision_at_any_step_leaves_the_category_usable() {
    int lost = 0;
    for (int n = 0; n < STEPS_MOST; n++) {
      CategoryId id = new CategoryId(new UUID(2, n));
      var created = assertAccepted(catalog.createCategory(id, null));
      CategoryId other = new CategoryId(new UUID(4, n));
      var process = SteppedStore.interrupted(n, store, () -> catalog.createCategory(other, null));
      try {
        process.deleteCategory(id, command("delete " + n, created.revision()));
      } catch (ConcurrencyConflict conflict) {
        lost++;
        assertAccepted(catalog.create(new ProductId(new UUID(5, n)), id));
      }
    }
    assertThat(lost).isBetween(5, STEPS_MOST - 1);
  }

  @Test
  void a_deletion_that_meets_another_change_of_the_tree_at_any_step_tries_again() {
    for (int n = 0; n < STEPS_MOST; n++) {
      CategoryId id = new CategoryId(new UUID(2, n));
      catalog.createCategory(id, null);
      CategoryId child = new CategoryId(new UUID(4, n));
      var process = SteppedStore.interrupted(n, store, () -> catalog.createCategory(child, id));
      if (process.deleteCategory(id) instanceof Rejected<?, ?>(var reason)) {
        assertThat(reason).isEqualTo(CatalogRejection.CATEGORY_HAS_CHILDREN);
        assertAccepted(catalog.create(new ProductId(new UUID(5, n)), id));
      } else {
        assertThat(catalog.exists(child)).isFalse();
      }
    }
  }

  private void closeShelf(CategoryId id) {
    CatalogProcess.await(catalog.shelves.open(id, command()));
    CatalogProcess.await(catalog.shelves.close(id, 0, command()));
  }

  private static CommandContext with(CommandContext command, String request, String tenant) {
    UUID id = command.commandId();
    return new CommandContext(id, request, "staff", tenant, id, id, null, null, null);
  }

  private static Accepted<?, ?> assertAccepted(CommandOutcome<?, ?> outcome) {
    assertThat(outcome).isInstanceOf(Accepted.class);
    return (Accepted<?, ?>) outcome;
  }

  private static void assertRefused(CommandOutcome<?, ?> outcome, Rejection why) {
    assertThat(outcome).isEqualTo(new Rejected<>(why));
  }
}
