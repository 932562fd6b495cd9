package io.kiroku.command.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Traps 6 and 7, across streams: a check and a write that are two calls, and two winners. However
/// the steps of several processes fall, no product is on sale in a category that is deleted.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ShelfRacesTest {
  private static final CategoryId TEA = new CategoryId(new UUID(0, 1));
  private static final CategoryId GIFTS = new CategoryId(new UUID(0, 2));
  private static final CategoryId BELOW = new CategoryId(new UUID(0, 3));
  private static final CategoryId OTHER = new CategoryId(new UUID(0, 4));
  private static final ProductId NEW = new ProductId(new UUID(1, 1));
  private static final ProductId OLD = new ProductId(new UUID(1, 2));
  private static final int STEPS_MOST = 40;
  private static final int ORDERS = 1_000;

  private InMemoryEventStore store = new InMemoryEventStore();
  private CatalogProcess catalog = new CatalogProcess(store, store);

  private void openShop() {
    store = new InMemoryEventStore();
    catalog = new CatalogProcess(store, store);
    catalog.createCategory(TEA, null);
    catalog.createCategory(GIFTS, null);
    catalog.createUnshelved(OLD, GIFTS);
  }

  static Stream<Arguments> pairs() {
    List<Consumer<CatalogProcess>> puts =
        List.of(process -> process.create(NEW, TEA), process -> process.move(OLD, TEA));
    Consumer<CatalogProcess> delete = process -> process.deleteCategory(TEA);
    return puts.stream()
        .flatMap(put -> Stream.of(Arguments.of(put, delete), Arguments.of(delete, put)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void trap_6_whatever_comes_between_two_steps_only_one_of_both_succeeds(
      Consumer<CatalogProcess> interrupted, Consumer<CatalogProcess> between) {
    int deleted = 0;
    for (int n = 0; n < STEPS_MOST; n++) {
      openShop();
      interrupted.accept(
          SteppedStore.interrupted(
              n, store, () -> between.accept(new CatalogProcess(store, store))));
      assertNothingIsLost();
      deleted += catalog.exists(TEA) ? 0 : 1;
    }
    // Both happen: who comes first wins.
    assertThat(deleted).isBetween(1, STEPS_MOST);
  }

  @Test
  void a_deletion_does_not_rely_on_a_shelf_that_another_one_reopened() {
    for (int n = 0; n < STEPS_MOST; n++) {
      openShop();
      SteppedStore.interrupted(
              n,
              store,
              () -> {
                catalog.createCategory(BELOW, TEA);
                catalog.deleteCategory(TEA);
                catalog.deleteCategory(BELOW);
                catalog.create(NEW, TEA);
              })
          .deleteCategory(TEA);
      assertNothingIsLost();
    }
  }

  @Test
  void trap_7_in_any_order_of_steps_and_deaths_no_product_is_left_in_a_deleted_category() {
    int deleted = 0;
    int kept = 0;
    for (long seed = 0; seed < ORDERS; seed++) {
      openShop();
      Turns turns = new Turns(store, seed);
      turns.add(
          seed % 2 == 0 ? process -> process.create(NEW, TEA) : process -> process.move(OLD, TEA));
      turns.add(process -> retried(() -> process.deleteCategory(TEA)));
      turns.add(process -> retried(() -> process.deleteCategory(TEA)));
      if (seed % 4 < 2) {
        turns.add(process -> process.createCategory(OTHER, null));
      } else {
        turns.add(process -> retried(() -> process.deleteCategory(TEA, expectingTree(1))));
        turns.add(process -> {
          process.createCategory(BELOW, TEA);
          retried(() -> process.deleteCategory(BELOW));
        });
      }
      turns.play();
      assertNothingIsLost();
      if (catalog.exists(TEA)) {
        kept++;
      } else {
        deleted++;
      }
      settle(seed);
    }
    assertThat(deleted).isGreaterThan(ORDERS / 20);
    assertThat(kept).isGreaterThan(ORDERS / 20);
  }

  /// Whatever died half-way: sent again, a deletion is either done or leaves the category usable.
  private void settle(long seed) {
    if (!(catalog.deleteCategory(TEA) instanceof Accepted) && catalog.exists(TEA)) {
      CommandOutcome<?, ?> put = catalog.create(new ProductId(new UUID(2, seed)), TEA);
      assertThat(put).as("order %d", seed).isInstanceOf(Accepted.class);
    }
    assertNothingIsLost();
  }

  private void assertNothingIsLost() {
    for (CategoryId category : List.of(TEA, GIFTS)) {
      for (ProductId product : List.of(NEW, OLD)) {
        assertThat(catalog.isIn(product, category) && !catalog.exists(category))
            .as("%s in %s", product, category)
            .isFalse();
      }
    }
    assertThat(catalog.exists(BELOW) && !catalog.exists(TEA)).isFalse();
  }

  private static CommandContext expectingTree(long revision) {
    return CatalogProcess.command(UUID.randomUUID().toString(), revision);
  }

  /// Others may be faster too often.
  private static void retried(Supplier<CommandOutcome<?, ?>> deletion) {
    try {
      CommandOutcome<?, ?> outcome = deletion.get();
      assertThat(outcome).isNotNull();
    } catch (ConcurrencyConflict lost) {
      assertThat(lost.stream().category()).isIn("categories", "shelf", "product");
    }
  }
}
