package io.kiroku.catalog;

import static io.kiroku.catalog.CatalogRejection.CATEGORY_NOT_FOUND;

import io.kiroku.catalog.ShelfCommand.CloseShelf;
import io.kiroku.catalog.ShelfCommand.OpenShelf;
import io.kiroku.catalog.ShelfCommand.ReopenShelf;
import io.kiroku.catalog.ShelfCommand.ShelveProduct;
import io.kiroku.catalog.ShelfEvent.ProductShelved;
import io.kiroku.catalog.ShelfEvent.ShelfClosed;
import io.kiroku.catalog.ShelfEvent.ShelfOpened;
import io.kiroku.catalog.ShelfEvent.ShelfReopened;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.ProductId;
import io.kiroku.testing.DeciderSpec;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.pcollections.HashTreePMap;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShelfDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final CategoryId TEA = new CategoryId(new UUID(0, 1));
  private static final ProductId BOWL = new ProductId(new UUID(0, 2));
  private static final ShelfOpened OPENED = new ShelfOpened(TEA, NOW);
  private static final ShelfClosed CLOSED = new ShelfClosed(TEA, NOW);
  private static final ShelfReopened REOPENED = new ShelfReopened(TEA, NOW);

  private final DeciderSpec<ShelfCommand, Shelf, ShelfEvent> shelf =
      DeciderSpec.of(new ShelfDecider());

  @Test
  void a_product_is_let_in_at_the_revision_it_is_at() {
    shelf
        .given()
        .when(shelve(-1))
        .then(shelved(-1))
        .thenState(new Shelf(false, false, HashTreePMap.singleton(BOWL, -1L)));
  }

  @Test
  void it_is_let_in_once_for_each_of_its_revisions() {
    shelf.given(shelved(4)).when(shelve(4)).thenNothing();
    shelf
        .given(shelved(4))
        .when(shelve(5))
        .then(shelved(5))
        .thenState(new Shelf(false, false, HashTreePMap.singleton(BOWL, 5L)));
  }

  @Test
  void a_closed_shelf_lets_nothing_in() {
    shelf.given(OPENED, CLOSED).when(shelve(-1)).thenRejected(CATEGORY_NOT_FOUND);
    // Not even what it had let in before.
    shelf.given(OPENED, shelved(4), CLOSED).when(shelve(4)).thenRejected(CATEGORY_NOT_FOUND);
  }

  @Test
  void it_is_opened_once() {
    shelf
        .given(shelved(4))
        .when(new OpenShelf(TEA, NOW))
        .then(OPENED)
        .thenState(new Shelf(true, false, HashTreePMap.singleton(BOWL, 4L)));
    shelf.given(OPENED).when(new OpenShelf(TEA, NOW)).thenNothing();
    shelf.given(OPENED, CLOSED).when(new OpenShelf(TEA, NOW)).thenNothing();
  }

  @Test
  void each_deletion_closes_it_for_itself() {
    shelf
        .given(OPENED, shelved(4))
        .when(new CloseShelf(TEA, NOW))
        .then(CLOSED)
        .thenState(new Shelf(true, true, HashTreePMap.empty()));
    shelf.given(OPENED, CLOSED).when(new CloseShelf(TEA, NOW)).then(CLOSED);
  }

  @Test
  void reopened_it_lets_products_in_again_and_has_forgotten_those_that_never_came() {
    shelf
        .given(OPENED, shelved(4), CLOSED)
        .when(new ReopenShelf(TEA, NOW))
        .then(REOPENED)
        .thenState(new Shelf(true, false, HashTreePMap.empty()));
    shelf.given(OPENED, shelved(4), CLOSED, REOPENED).when(shelve(4)).then(shelved(4));
    shelf.given(OPENED).when(new ReopenShelf(TEA, NOW)).thenNothing();
  }

  private static ShelveProduct shelve(long productRevision) {
    return new ShelveProduct(TEA, BOWL, productRevision, NOW);
  }

  private static ProductShelved shelved(long productRevision) {
    return new ProductShelved(TEA, BOWL, productRevision, NOW);
  }
}
