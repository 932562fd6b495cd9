package io.kiroku.query.saga;

import io.kiroku.eventstore.EventTypes;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.projection.Contribution;
import io.kiroku.projection.Index;
import io.kiroku.projection.Projection;
import io.kiroku.returns.ReturnCommand;
import io.kiroku.saga.SagaEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/// A further kind of saga is a line here, and one for each of its steps in [SagaListing].
@ApplicationScoped
class SagaProjection implements Projection {
  static final String FULFILLMENT = "fulfillment";
  static final String RETURN = "return";
  private static final EventTypes OF_FULFILLMENT =
      EventTypes.of(SagaEvent.class, FulfillmentCommand.class);
  private static final EventTypes OF_RETURN = EventTypes.of(SagaEvent.class, ReturnCommand.class);

  private final List<Contribution<?, ?>> contributions =
      List.of(
          new SagaContribution<FulfillmentCommand>(FULFILLMENT, OF_FULFILLMENT),
          new SagaContribution<ReturnCommand>(RETURN, OF_RETURN));

  @Override
  public String name() {
    return "saga";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<Contribution<?, ?>> contributions() {
    return contributions;
  }

  @Override
  public List<Index> indexes() {
    return SagaListing.DECLARED.indexes();
  }
}
