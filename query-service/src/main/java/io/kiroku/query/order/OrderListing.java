package io.kiroku.query.order;

import io.kiroku.query.listing.Filterable;
import io.kiroku.query.listing.Listing;
import io.kiroku.query.listing.Sortable;
import io.kiroku.query.listing.Sortable.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How orders can be listed; `QueryService` documents it.
final class OrderListing {
  static final String NEWEST_FIRST = "-placed";

  private static final Map<String, Object> STATUSES =
      Stream.of(
              OrderPart.DRAFT,
              OrderPart.PLACED,
              OrderPart.CONFIRMED,
              OrderPart.SHIPPED,
              OrderPart.DELIVERED,
              OrderPart.RETURN_REQUESTED,
              OrderPart.RETURNED,
              OrderPart.RETURN_REFUSED,
              OrderPart.CANCELLED,
              OrderPart.FAILED)
          .collect(Collectors.toMap(status -> status, status -> status));

  static final Filterable USER = new Filterable.Text("user", "userId");
  static final Filterable.OneOf STATUS = new Filterable.OneOf("status", "status", STATUSES);
  static final Filterable PLACED = new Filterable.Between("placed", "placedAtMillis");

  static final Listing DECLARED =
      new Listing(
          OrderContribution.CATEGORY,
          List.of(USER, STATUS, PLACED),
          List.of(
              new Sortable("placed", "position", Kind.WHOLE_NUMBER),
              new Sortable("total", "totalMinorUnits", Kind.WHOLE_NUMBER)),
          Optional.empty());

  private OrderListing() {}
}
