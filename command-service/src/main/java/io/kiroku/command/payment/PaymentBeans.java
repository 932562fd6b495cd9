package io.kiroku.command.payment;

import io.kiroku.command.events.StoredStates;
import io.kiroku.command.store.Handlers;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.payment.Payment;
import io.kiroku.payment.PaymentCommand;
import io.kiroku.payment.PaymentDecider;
import io.kiroku.payment.PaymentEvent;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Wires the payments' rules; another provider is another bean of [PaymentProvider].
final class PaymentBeans {
  @Produces
  @Singleton
  CommandHandler<PaymentCommand, Payment, PaymentEvent> payments(Handlers handlers) {
    return handlers.of("payment", new PaymentDecider(), StoredStates.PAYMENT);
  }

  @Produces
  @Singleton
  @DefaultBean
  PaymentProvider provider() {
    return new SimulatedPaymentProvider();
  }
}
