package io.kiroku.query.sales;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.proto.query.v1.SalesRow;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SalesTotalsTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-20");

  private static SalesRow day(String day, String currency, long times) {
    return SalesRow.newBuilder()
        .setKey(day)
        .setCurrency(currency)
        .setSoldOrders(times)
        .setSoldPieces(2 * times)
        .setSoldMinorUnits(100 * times)
        .setReversedOrders(3 * times)
        .setReversedPieces(4 * times)
        .setReversedMinorUnits(200 * times)
        .build();
  }

  @Test
  void days_are_added_up_by_currency_from_the_first_to_the_last() {
    List<SalesRow> daily =
        List.of(
            day("2026-11-13", "JPY", 1_000),
            day("2026-11-14", "JPY", 1),
            day("2026-11-20", "EUR", 5),
            day("2026-11-20", "JPY", 2),
            day("2026-11-21", "JPY", 1_000));
    var week = SalesTotals.of(daily, Days.last(7, TODAY));
    assertThat(week.getFromDay()).isEqualTo("2026-11-14");
    assertThat(week.getToDay()).isEqualTo("2026-11-20");
    assertThat(week.getTotalsList()).containsExactly(day("", "EUR", 5), day("", "JPY", 3));
    assertThat(SalesTotals.of(daily, Days.last(1, TODAY)).getTotalsList())
        .containsExactly(day("", "EUR", 5), day("", "JPY", 2));
  }
}
