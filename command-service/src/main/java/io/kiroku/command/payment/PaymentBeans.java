package io.kiroku.command.payment;

import io.kiroku.command.events.StoredStates;
import io.kiroku.command.provider.Providers;
import io.kiroku.command.store.Handlers;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.payment.Payment;
import io.kiroku.payment.PaymentCommand;
import io.kiroku.payment.PaymentDecider;
import io.kiroku.payment.PaymentEvent;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Wires the payments' rules and the provider that the configuration names.
final class PaymentBeans {
  @Produces
  @Singleton
  CommandHandler<PaymentCommand, Payment, PaymentEvent> payments(Handlers handlers) {
    return handlers.of("payment", new PaymentDecider(), StoredStates.PAYMENT);
  }

  @Produces
  @Singleton
  @DefaultBean
  PaymentProvider provider(PaymentConfig config, Providers providers) {
    return configured(config, providers);
  }

  static PaymentProvider configured(PaymentConfig config, Providers providers) {
    return switch (config.provider()) {
      case BUILT_IN -> new SimulatedPaymentProvider();
      case HTTP ->
          new HttpPaymentProvider(
              providers.client("payment-provider", PaymentConfig.PREFIX, config.http()));
    };
  }

  /// A provider that cannot be made stops the start, not the first payment.
  void make(@Observes StartupEvent start, PaymentProvider provider) {}
}
