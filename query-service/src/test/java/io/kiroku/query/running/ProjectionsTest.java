package io.kiroku.query.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.projection.Contribution;
import io.kiroku.projection.Projection;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
  private record Named(String name, int version) implements Projection {
    @Override
    public List<Contribution<?, ?>> contributions() {
      return List.of();
    }

    @Override
    public List<io.kiroku.projection.Index> indexes() {
      return List.of();
    }
  }

  private static void assertRefused(String why, Projection... projections) {
    assertThatThrownBy(() -> Projections.distinct(List.of(projections)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(why)
        .hasMessageContaining(Named.class.getName());
  }

  @Test
  void projections_of_different_names_stand_side_by_side() {
    List<Projection> all = List.of(new Named("order-view", 1), new Named("order", 1));
    assertThat(Projections.distinct(all)).isEqualTo(all);
  }

  @Test
  void two_projections_with_one_name_are_a_start_error_whatever_their_versions() {
    assertRefused("name order-view", new Named("order-view", 1), new Named("order-view", 1));
    assertRefused("name order-view", new Named("order-view", 1), new Named("order-view", 2));
  }

  @Test
  void two_projections_with_one_collection_are_a_start_error() {
    assertRefused(
        "collection order_view_v1", new Named("order-view", 1), new Named("order_view", 1));
  }
}
