package io.kiroku.query.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.kiroku.proto.query.v1.Filter;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.proto.query.v1.Range;
import io.kiroku.query.running.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListQueryTest {
  private static final String OWNER = "5B0C6C2E-54A5-4C3C-9B52-6B6D3B1F0A11";

  private static ListOptions.Builder options() {
    return ListOptions.newBuilder();
  }

  private static Filter.Builder filter(String field) {
    return Filter.newBuilder().setField(field);
  }

  private static ListQuery query(ListOptions.Builder options, String search) {
    return ListQuery.of(ListingTest.CARS, "acme", options.build(), search);
  }

  private static List<Document> conditions(ListQuery query) {
    return query.filter().getList("$and", Document.class);
  }

  private static void assertRefused(ListOptions.Builder options, String why) {
    assertRefused(options, "", why);
  }

  private static void assertRefused(ListOptions.Builder options, String search, String why) {
    assertThatThrownBy(() -> query(options, search))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("INVALID_ARGUMENT: " + why + ".");
  }

  private static Stored car(String key, String model) {
    return new Stored(new Document("_id", key).append("car", new Document("foldedModel", model)));
  }

  @Test
  void nothing_asked_is_the_tenants_first_page_in_the_first_order() {
    ListQuery query = query(options(), "");
    assertThat(conditions(query)).containsExactly(new Document("car.tenant", "acme"));
    assertThat(query.sorting().document(ListingTest.CARS))
        .isEqualTo(new Document("car.foldedModel", 1).append("_id", 1));
    assertThat(query.size()).isEqualTo(50);
    assertThat(query.skip()).isZero();
  }

  @Test
  void filters_say_what_the_stored_fields_must_be() {
    ListQuery query =
        query(
            options()
                .addFilters(filter("owner").setEqualTo(OWNER))
                .addFilters(filter("state").setEqualTo("BROKEN"))
                .addFilters(filter("doors").setRange(Range.newBuilder().setAtLeast(3))),
            "");
    assertThat(conditions(query))
        .containsExactly(
            new Document("car.tenant", "acme"),
            new Document("car.ownerId", UUID.fromString(OWNER).toString()),
            new Document("car.broken", true),
            new Document("car.doors", new Document("$gte", 3L)));
  }

  @Test
  void a_range_that_holds_zero_means_what_is_absent_too_if_that_is_declared() {
    var wheels = new Filterable.Between("wheels", "wheels", true);
    assertThat(wheels.condition("f", range(null, 3L)))
        .isEqualTo(new Document("$not", new Document("$gt", 3L)));
    assertThat(wheels.condition("f", range(0L, 3L)))
        .isEqualTo(new Document("$not", new Document("$gt", 3L)));
    assertThat(wheels.condition("f", range(0L, null)))
        .isEqualTo(new Document("$not", new Document("$lt", 0L)));
    assertThat(wheels.condition("f", range(1L, 3L)))
        .isEqualTo(new Document("$gte", 1L).append("$lte", 3L));
    assertThat(wheels.condition("f", range(null, -1L))).isEqualTo(new Document("$lte", -1L));
  }

  private static Filter range(@Nullable Long atLeast, @Nullable Long atMost) {
    Range.Builder range = Range.newBuilder();
    if (atLeast != null) {
      range.setAtLeast(atLeast);
    }
    if (atMost != null) {
      range.setAtMost(atMost);
    }
    return filter("wheels").setRange(range).build();
  }

  @Test
  void what_is_always_asked_for_stands_beside_the_filters() {
    var always = new Document("engine.runs", true);
    ListQuery query =
        ListQuery.of(ListingTest.CARS, "acme", options().build(), "", List.of(always));
    assertThat(conditions(query)).containsExactly(new Document("car.tenant", "acme"), always);
  }

  @Test
  void what_is_not_declared_is_refused_with_what_is() {
    assertRefused(
        options().addFilters(filter("car.tenant").setEqualTo("other")),
        "options.filters[0].field must be one of owner, state, doors, plate");
    assertRefused(
        options().setSort("-tenant"),
        "options.sort must be one of model, price, or one of them after a -");
    assertRefused(
        options().addFilters(filter("state").setEqualTo("RUSTY")),
        "options.filters[0].equal_to must be one of BROKEN, FINE");
    assertRefused(
        options().addFilters(filter("owner").setEqualTo("me")),
        "options.filters[0].equal_to must be a UUID");
    assertRefused(
        options().addFilters(filter("doors").setEqualTo("4")),
        "options.filters[0].range needs at least one end");
    Filter fine = filter("state").setEqualTo("FINE").build();
    assertRefused(
        options().addFilters(fine).addFilters(fine), "options.filters[1].field comes twice");
  }

  @Test
  void pages_have_bounds() {
    assertRefused(options().setPageSize(201), "options.page_size must be 0 to 200");
    assertRefused(options().setPageSize(-1), "options.page_size must be 0 to 200");
    assertThat(query(options().setPage(3).setPageSize(20), "").skip()).isEqualTo(40);
    assertThat(query(options().setPage(50).setPageSize(200), "").skip()).isEqualTo(9_800);
    assertRefused(
        options().setPage(51).setPageSize(200),
        "options.page must be 0 to 50 with this page_size; a page_token goes further");
    assertRefused(
        options().setPage(1).setPageToken(token("model", "k", "a")),
        "options.page cannot stand beside a page_token");
  }

  private static String token(String... lines) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void the_next_page_begins_after_the_last_entry_shown_in_either_direction() {
    String two = "two\nlines";
    List<Stored> found = List.of(car("k2", "z"), car("k1", two), car("k0", "a"));
    Page page = query(options().setSort("-model").setPageSize(2), "").page(found);
    assertThat(page.shown()).containsExactly(car("k2", "z"), car("k1", two));
    ListQuery next = query(options().setSort("-model").setPageToken(page.nextPageToken()), "");
    assertThat(conditions(next))
        .containsExactly(
            new Document("car.tenant", "acme"),
            new Document("car.foldedModel", new Document("$lte", two)),
            new Document(
                "$or",
                List.of(
                    new Document("car.foldedModel", new Document("$lt", two)),
                    new Document("_id", new Document("$lt", "k1")))));
    assertThat(query(options().setPageSize(3), "").page(found)).isEqualTo(new Page(found, ""));
  }

  @Test
  void tokens_of_others_are_refused() {
    String foreign = "options.page_token is none that this service gave";
    assertRefused(options().setPageToken("???"), foreign);
    assertRefused(options().setPageToken(token("model")), foreign);
    assertRefused(options().setPageToken(token("model", "k")), foreign);
    assertRefused(options().setSort("price").setPageToken(token("price", "k", "a")), foreign);
    assertRefused(
        options().setSort("-model").setPageToken(token("model", "k", "a")),
        "options.page_token was given for another sort");
  }

  @Test
  void every_word_that_is_searched_must_begin_one_and_the_same_stored_word() {
    List<Document> conditions = new ArrayList<>(conditions(query(options(), "Thé vert")));
    String last = Character.toString(0x10FFFF);
    assertThat(conditions)
        .containsExactly(
            new Document("car.tenant", "acme"),
            new Document(
                "car.words",
                new Document(
                    "$elemMatch", new Document("$gte", "the").append("$lt", "the" + last))),
            new Document(
                "car.words",
                new Document(
                    "$elemMatch", new Document("$gte", "vert").append("$lt", "vert" + last))));
  }

  @Test
  void a_search_has_bounds() {
    assertRefused(options(), "x".repeat(201), "search is longer than 200");
    assertRefused(options(), "…", "search must be 1 to 10 words");
    assertRefused(options(), "a b c d e f g h i j k", "search must be 1 to 10 words");
  }

  @Test
  void a_name_is_the_same_in_every_case_and_needs_to_be_one() {
    assertThat(conditions(query(options().addFilters(filter("plate").setEqualTo(" ÇA 17 ")), "")))
        .contains(new Document("car.foldedPlate", "ca 17"));
    assertRefused(
        options().addFilters(filter("plate").setEqualTo(" ")),
        "options.filters[0].equal_to must not be blank");
  }
}
