package io.kiroku.query.sales;

import io.kiroku.proto.query.v1.GetSalesRequest;
import io.kiroku.query.running.PageNumber;
import io.kiroku.query.running.PageSize;
import io.kiroku.service.error.Errors;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Which sales are asked for, checked.
///
/// @param page from 1
/// @param size rows on the page
/// @param skip rows before the page
public record SalesQuery(Days days, Grouping by, int page, int size, int skip) {
  /// What a row is about.
  enum Grouping {
    DAY,
    PRODUCT,
    CATEGORY;

    private static Grouping of(String asked) {
      return Arrays.stream(values())
          .filter(grouping -> grouping.name().equals(asked))
          .findFirst()
          .orElseThrow(() ->
              Errors.invalid(
                  "by",
                  "must be one of "
                      + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
  }

  /// Fails with `INVALID_ARGUMENT`.
  public static SalesQuery of(GetSalesRequest request) {
    int size = PageSize.of("page_size", request.getPageSize(), "must be 0 to " + PageSize.MOST);
    return new SalesQuery(
        Days.of(request.getFromDay(), request.getToDay()),
        Grouping.of(request.getBy()),
        Math.max(request.getPage(), 1),
        size,
        PageNumber.skip("page", request.getPage(), size, ""));
  }

  /// A row for each of the days.
  static SalesQuery daily(Days days) {
    return new SalesQuery(days, Grouping.DAY, 1, PageSize.MOST, 0);
  }
}
