package io.kiroku.query.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.projection.Index;
import io.kiroku.query.IndexGaps;
import io.kiroku.query.listing.Sortable.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ListingTest {
  /// With a range that nothing is sorted by.
  static final Listing CARS =
      new Listing(
          "car",
          List.of(
              new Filterable.Id("owner", "ownerId"),
              new Filterable.OneOf("state", "broken", Map.of("FINE", false, "BROKEN", true)),
              new Filterable.Between("doors", "doors"),
              new Filterable.Name("plate", "foldedPlate", Words::folded)),
          List.of(
              new Sortable("model", "foldedModel", Kind.TEXT),
              new Sortable("price", "yen", Kind.WHOLE_NUMBER)),
          Optional.of("words"));

  @Test
  void what_is_declared_says_which_indexes_there_are() {
    assertThat(CARS.indexes())
        .containsExactly(
            Index.on("car.tenant", "car.foldedModel", "_id"),
            Index.on("car.tenant", "car.ownerId", "car.foldedModel", "_id"),
            Index.on("car.tenant", "car.broken", "car.foldedModel", "_id"),
            Index.on("car.tenant", "car.yen", "_id"),
            Index.on("car.tenant", "car.ownerId", "car.yen", "_id"),
            Index.on("car.tenant", "car.broken", "car.yen", "_id"),
            Index.on("car.tenant", "car.doors"),
            Index.on("car.tenant", "car.foldedPlate"),
            Index.on("car.tenant", "car.words"));
    assertThat(IndexGaps.of(CARS, CARS.indexes())).isEmpty();
  }

  @Test
  void whichever_index_is_missing_is_noticed() {
    for (Index missing : CARS.indexes()) {
      List<Index> others = new ArrayList<>(CARS.indexes());
      others.remove(missing);
      assertThat(IndexGaps.of(CARS, others)).as("without %s", missing).hasSize(1);
    }
  }
}
