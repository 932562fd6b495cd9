package io.kiroku.query.sales;

import io.kiroku.service.error.Errors;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/// Days of UTC, both ends included.
public record Days(LocalDate from, LocalDate to) {
  private static final int MOST = 366;
  private static final int YEAR_MAX = 9999;

  /// Fails with `INVALID_ARGUMENT`.
  static Days of(String from, String to) {
    LocalDate first = day("from_day", from);
    LocalDate last = day("to_day", to);
    long count = ChronoUnit.DAYS.between(first, last) + 1;
    if (count < 1 || count > MOST) {
      throw Errors.invalid(
          "to_day", "must be from_day or one of the " + (MOST - 1) + " days after");
    }
    return new Days(first, last);
  }

  /// The last ones, up to and with `today`.
  public static Days last(int count, LocalDate today) {
    return new Days(today.minusDays(count - 1L), today);
  }

  /// Years have four digits, so days are sorted as text.
  private static LocalDate day(String field, String text) {
    try {
      LocalDate day = LocalDate.parse(text);
      if (day.getYear() >= 0 && day.getYear() <= YEAR_MAX) {
        return day;
      }
    } catch (DateTimeException e) {
      // Refused below.
    }
    throw Errors.invalid(field, "must be a day such as 2026-11-20");
  }
}
