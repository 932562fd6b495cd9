package io.kiroku.query.saga;

import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.fulfillment.Steps;
import io.kiroku.query.listing.Filterable;
import io.kiroku.query.listing.Listing;
import io.kiroku.query.listing.Sortable;
import io.kiroku.query.listing.Sortable.Kind;
import io.kiroku.returns.OrderReturn;
import io.kiroku.returns.ReturnSteps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How sagas can be listed; `SagaQueryService` documents it.
final class SagaListing {
  static final Listing DECLARED =
      new Listing(
          SagaContribution.FIELD,
          List.of(
              oneOf("saga", OrderFulfillment.NAME, OrderReturn.NAME),
              oneOf(
                  "status",
                  SagaDocument.RUNNING,
                  SagaDocument.COMPENSATING,
                  SagaDocument.COMPLETED,
                  SagaDocument.COMPENSATED,
                  SagaDocument.STUCK),
              oneOf(
                  "step",
                  Steps.ACCEPT_ORDER,
                  Steps.RESERVE_INVENTORY,
                  Steps.PROCESS_PAYMENT,
                  Steps.ARRANGE_SHIPPING,
                  Steps.COMMIT_STOCK,
                  Steps.CONFIRM_ORDER,
                  ReturnSteps.ACCEPT_RETURN,
                  ReturnSteps.RECEIVE_GOODS,
                  ReturnSteps.RETURN_STOCK,
                  ReturnSteps.REFUND_PAYMENT,
                  ReturnSteps.COMPLETE_RETURN),
              new Filterable.Between("started", "startedAtMillis")),
          List.of(new Sortable("started", "startedAtMillis", Kind.WHOLE_NUMBER)),
          Optional.empty());

  private SagaListing() {}

  private static Filterable oneOf(String field, String... values) {
    Map<String, Object> all =
        Stream.of(values).collect(Collectors.toMap(Function.identity(), Function.identity()));
    return new Filterable.OneOf(field, field, all);
  }
}
