package io.kiroku.query.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.StatusRuntimeException;
import io.kiroku.projection.Index;
import io.kiroku.proto.query.v1.GetSalesRequest;
import java.time.LocalDate;
import java.util.List;
import org.bson.Document;
import org.junit.jupiter.api.Test;

class SalesQueryTest {
  private static GetSalesRequest.Builder days(String from, String to) {
    return GetSalesRequest.newBuilder().setFromDay(from).setToDay(to).setBy("DAY");
  }

  private static void assertRefused(GetSalesRequest.Builder request, String why) {
    assertThatThrownBy(() -> SalesQuery.of(request.build()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("INVALID_ARGUMENT: " + why + ".");
  }

  @Test
  void a_leap_year_is_the_longest_there_is() {
    SalesQuery year = SalesQuery.of(days("2028-01-01", "2028-12-31").build());
    assertThat(year.days().to()).isEqualTo(LocalDate.parse("2028-12-31"));
    assertRefused(
        days("2028-01-01", "2029-01-01"), "to_day must be from_day or one of the 365 days after");
    assertRefused(
        days("2026-11-20", "2026-11-19"), "to_day must be from_day or one of the 365 days after");
  }

  @Test
  void days_are_such_as_can_be_sorted_as_text() {
    for (String day : List.of("", "2026-11", "2026-02-30", "+12026-11-20", "-2026-11-20")) {
      assertRefused(days(day, "2026-11-20"), "from_day must be a day such as 2026-11-20");
    }
  }

  @Test
  void what_it_cannot_be_grouped_by_is_refused_with_what_it_can() {
    assertRefused(
        days("2026-11-20", "2026-11-20").setBy("day"), "by must be one of DAY, PRODUCT, CATEGORY");
  }

  @Test
  void pages_are_numbered_from_one() {
    GetSalesRequest.Builder request = days("2026-11-20", "2026-11-20").setPageSize(100);
    assertThat(SalesQuery.of(request.build()).skip()).isZero();
    assertThat(SalesQuery.of(request.setPage(3).build()).skip()).isEqualTo(200);
    assertRefused(request.setPage(101), "page must be 0 to 100 with this page_size");
    assertRefused(request.setPage(0).setPageSize(201), "page_size must be 0 to 200");
  }

  @Test
  void the_first_stage_finds_the_days_by_an_index() {
    SalesQuery query = SalesQuery.of(days("2026-11-20", "2026-11-21").build());
    Document first =
        SalesStages.of("acme", query, _ -> new Document()).getFirst().get("$match", Document.class);
    assertThat(first)
        .isEqualTo(
            Document.parse(
                """
                {"sale.tenant": "acme",
                 "sale.days": {"$elemMatch": {"day": {"$gte": "2026-11-20", "$lte": "2026-11-21"}}}}
                """));
    assertThat(new SalesProjection().indexes()).contains(Index.on("sale.tenant", "sale.days.day"));
  }
}
