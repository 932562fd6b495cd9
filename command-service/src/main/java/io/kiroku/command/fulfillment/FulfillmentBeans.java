package io.kiroku.command.fulfillment;

import io.kiroku.fulfillment.OrderFulfillment;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes the order-fulfillment one of the kinds of sagas.
final class FulfillmentBeans {
  @Produces
  @Singleton
  FulfillmentSaga saga(FulfillmentConfig config) {
    return new FulfillmentSaga(new OrderFulfillment(config.settings()));
  }
}
