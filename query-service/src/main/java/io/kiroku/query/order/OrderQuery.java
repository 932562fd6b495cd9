package io.kiroku.query.order;

import com.google.protobuf.Timestamp;
import io.kiroku.proto.query.v1.ListOptions;
import io.kiroku.proto.query.v1.ListOrdersRequest;
import io.kiroku.query.listing.Filterable;
import io.kiroku.query.listing.ListQuery;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;

/// Which orders are asked for.
public final class OrderQuery {
  private OrderQuery() {}

  /// Fails with `INVALID_ARGUMENT`, `UNAUTHENTICATED`, or `PERMISSION_DENIED` for somebody else's.
  public static ListQuery of(ListOrdersRequest request, Caller caller) {
    caller.requireSignedIn();
    String sort = request.getSort();
    ListOptions page =
        ListOptions.newBuilder()
            .setPageSize(request.getPageSize())
            .setPageToken(request.getPageToken())
            .setPage(request.getPage())
            .setSort(sort.isEmpty() ? OrderListing.NEWEST_FIRST : sort)
            .build();
    return ListQuery.filtered(
        OrderListing.DECLARED, caller.tenant(), filters(request, caller), page);
  }

  private static List<Document> filters(ListOrdersRequest request, Caller caller) {
    List<Document> filters = new ArrayList<>();
    String userId = userId(request.getUserId(), caller);
    if (!userId.isEmpty()) {
      filters.add(filter(OrderListing.USER, userId));
    }
    if (!request.getStatus().isEmpty()) {
      filters.add(
          filter(OrderListing.STATUS, OrderListing.STATUS.value("status", request.getStatus())));
    }
    Document placed = new Document();
    if (request.hasPlacedFrom()) {
      placed.append("$gte", millis("placed_from", request.getPlacedFrom()));
    }
    if (request.hasPlacedUntil()) {
      placed.append("$lt", millis("placed_until", request.getPlacedUntil()));
    }
    if (!placed.isEmpty()) {
      filters.add(filter(OrderListing.PLACED, placed));
    }
    return filters;
  }

  private static Document filter(Filterable declared, Object condition) {
    return new Document(OrderListing.DECLARED.path(declared.field()), condition);
  }

  private static long millis(String field, Timestamp timestamp) {
    try {
      return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos()).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw Errors.invalid(field, "is none");
    }
  }

  private static String userId(String asked, Caller caller) {
    if (caller.isAdmin()) {
      return asked;
    }
    if (!asked.isEmpty() && !asked.equals(caller.userId())) {
      throw Errors.forbidden("ADMIN");
    }
    return caller.userId();
  }
}
