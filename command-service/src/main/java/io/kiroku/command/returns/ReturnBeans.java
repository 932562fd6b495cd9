package io.kiroku.command.returns;

import io.kiroku.returns.OrderReturn;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Makes the return of an order one of the kinds of sagas.
final class ReturnBeans {
  @Produces
  @Singleton
  ReturnSaga saga(ReturnConfig config) {
    return new ReturnSaga(new OrderReturn(config.settings()));
  }
}
