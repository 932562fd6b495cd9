package io.kiroku.query.order;

import io.kiroku.proto.query.v1.ListOrdersRequest;
import io.kiroku.query.running.PageSize;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import java.util.Set;

/// Which orders are asked for, checked.
///
/// @param userId empty for everybody's
/// @param status empty for all
public record OrderQuery(
    String tenant, String userId, String status, int pageSize, long beforePosition) {
  private static final Set<String> STATUSES =
      Set.of(
          "",
          OrderPart.DRAFT,
          OrderPart.PLACED,
          OrderPart.CONFIRMED,
          OrderPart.SHIPPED,
          OrderPart.DELIVERED,
          OrderPart.RETURN_REQUESTED,
          OrderPart.RETURNED,
          OrderPart.RETURN_REFUSED,
          OrderPart.CANCELLED,
          OrderPart.FAILED);

  /// Fails with `INVALID_ARGUMENT`, `UNAUTHENTICATED`, or `PERMISSION_DENIED` for somebody else's.
  public static OrderQuery of(ListOrdersRequest request, Caller caller) {
    caller.requireSignedIn();
    int size =
        PageSize.of("page_size", request.getPageSize(), "must be from 1 to " + PageSize.MOST);
    if (!STATUSES.contains(request.getStatus())) {
      throw Errors.invalid("status", "is none that an order can have");
    }
    return new OrderQuery(
        caller.tenant(),
        userId(request.getUserId(), caller),
        request.getStatus(),
        size,
        PageToken.decode(request.getPageToken()).beforePosition());
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
