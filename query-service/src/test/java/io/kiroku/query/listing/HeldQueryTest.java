package io.kiroku.query.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.query.listing.Sortable.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HeldQueryTest {
  private static final Listing TOWNS =
      new Listing(
          "town",
          List.of(
              new Filterable.Text("country", "country"), new Filterable.Id("twin", "twin", true)),
          List.of(new Sortable("name", "name", Kind.TEXT)),
          Optional.empty());
  private static final List<HeldEntry<String>> ALL =
      List.of(
          town("4", "nara", "jp"),
          town("2", "bern", "ch"),
          town("1", "nara", "jp"),
          town("3", "kyoto", "jp"),
          town("5", "genf", "ch"));

  private static HeldEntry<String> town(String key, String name, String country) {
    return new HeldEntry<>(
        key,
        Map.of("name", name, "country", country, "twin", ""),
        List.of(name, country),
        name + key);
  }

  private static ListOptions.Builder options() {
    return ListOptions.newBuilder();
  }

  private static HeldPage<String> page(ListOptions.Builder options) {
    return HeldQuery.of(TOWNS, options.build(), "").page(ALL);
  }

  private static List<String> found(String search) {
    return HeldQuery.of(TOWNS, options().build(), search).page(ALL).shown();
  }

  private static List<String> byToken(ListOptions.Builder options) {
    List<String> seen = new ArrayList<>();
    do {
      HeldPage<String> page = page(options);
      seen.addAll(page.shown());
      options.setPageToken(page.nextPageToken());
    } while (!options.getPageToken().isEmpty());
    return seen;
  }

  @Test
  void pages_by_token_and_by_number_show_everything_once_in_both_directions() {
    List<String> sorted = List.of("bern2", "genf5", "kyoto3", "nara1", "nara4");
    assertThat(page(options()).shown()).isEqualTo(sorted);
    for (int size = 1; size <= 6; size++) {
      assertThat(byToken(options().setPageSize(size))).isEqualTo(sorted);
      assertThat(byToken(options().setPageSize(size).setSort("-name")))
          .isEqualTo(sorted.reversed());
    }
    assertThat(page(options().setPageSize(2).setPage(2)).shown())
        .containsExactly("kyoto3", "nara1");
    assertThat(page(options().setPageSize(2).setPage(3)))
        .isEqualTo(new HeldPage<>(List.of("nara4"), ""));
    assertThat(page(options().setPageSize(2).setPage(4)).shown()).isEmpty();
  }

  @Test
  void filters_and_searched_words_hold_together() {
    Filter.Builder swiss = Filter.newBuilder().setField("country").setEqualTo("ch");
    Filter.Builder alone = Filter.newBuilder().setField("twin").setEqualTo("");
    assertThat(page(options().addFilters(swiss).addFilters(alone)).shown())
        .containsExactly("bern2", "genf5");
    assertThat(found("na")).containsExactly("nara1", "nara4");
    assertThat(found("CH b")).containsExactly("bern2");
    assertThat(found("na b")).isEmpty();
  }

  @Test
  void what_is_not_declared_is_refused_with_what_there_is() {
    assertThatThrownBy(() -> page(options().setSort("size")))
        .hasMessage(
            "INVALID_ARGUMENT: options.sort must be one of name, or one of them after a -.");
    assertThatThrownBy(() -> page(options().addFilters(Filter.newBuilder().setField("mayor"))))
        .hasMessage("INVALID_ARGUMENT: options.filters[0].field must be one of country, twin.");
    // Nothing asked is not the same as asked for nothing.
    assertThatThrownBy(() -> page(options().addFilters(Filter.newBuilder().setField("twin"))))
        .hasMessage("INVALID_ARGUMENT: options.filters[0].equal_to must be a UUID.");
  }
}
