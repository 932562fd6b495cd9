package io.kiroku.command.payment;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.PersonKeys;
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
  CommandHandler<PaymentCommand, Payment, PaymentEvent> payments(
      EventStore store, PersonKeys keys, HandlerLimits limits) {
    return new CommandHandler<>(new PaymentDecider(), StoredEvents.codec(keys), store, limits);
  }

  @Produces
  @Singleton
  @DefaultBean
  PaymentProvider provider() {
    return new SimulatedPaymentProvider();
  }
}
