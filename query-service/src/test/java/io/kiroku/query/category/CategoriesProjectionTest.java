package io.kiroku.query.category;

import static io.kiroku.query.Told.AT;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.catalog.CategoryEvent.CategoryDeleted;
import io.kiroku.catalog.CategoryEvent.CategoryMoved;
import io.kiroku.catalog.CategoryEvent.CategoryUpdated;
import io.kiroku.query.Told;
import io.kiroku.shared.CategoryId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CategoriesProjectionTest {
  private static final CategoryId BOOKS = new CategoryId(new UUID(1, 1));
  private static final CategoryId COMICS = new CategoryId(new UUID(1, 2));

  @Test
  void a_category_knows_its_way_from_the_root() {
    CategoryTree tree =
        Told.to(
            new CategoriesProjection(),
            new CategoryCreated(BOOKS, "Books", "to read", null, AT),
            new CategoryCreated(COMICS, "Comics", "to look at", BOOKS, AT));

    assertThat(tree.find(COMICS.toString()))
        .hasValueSatisfying(comics -> {
          assertThat(comics.path()).containsExactly("Books", "Comics");
          assertThat(comics.parentId()).isEqualTo(BOOKS.toString());
        });
    assertThat(tree.find("unknown")).isEmpty();
  }

  @Test
  void a_category_is_renamed_moved_and_deleted() {
    CategoryTree tree =
        Told.to(
            new CategoriesProjection(),
            new CategoryCreated(BOOKS, "Books", "to read", null, AT),
            new CategoryCreated(COMICS, "Comics", "to look at", BOOKS, AT),
            new CategoryUpdated(COMICS, "Manga", "to read backwards", AT),
            new CategoryMoved(COMICS, null, AT),
            new CategoryDeleted(BOOKS, AT));

    assertThat(tree.all())
        .containsExactly(
            new CategoryTree.Shown(
                COMICS.toString(), "Manga", "to read backwards", null, List.of("Manga")));
  }
}
