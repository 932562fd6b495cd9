package io.kiroku.command.payment;

import io.kiroku.command.provider.Providers;
import io.kiroku.shared.Money;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// As the configured provider, but breaks for some tokens until it is repaired: what it breaks on
/// goes to the dead letters.
@Singleton
public class StubbornPaymentProvider implements PaymentProvider {
  /// Captures break.
  public static final String NO_CAPTURE = "tok_ok_no_capture";

  /// Captures work, refunds break.
  public static final String NO_REFUND = "tok_ok_no_refund";

  private final PaymentProvider configured;
  private final Set<String> unrefundable = ConcurrentHashMap.newKeySet();
  private final Set<String> captured = ConcurrentHashMap.newKeySet();
  private final Set<String> repaired = ConcurrentHashMap.newKeySet();

  StubbornPaymentProvider(PaymentConfig config, Providers providers) {
    this.configured = PaymentBeans.configured(config, providers);
  }

  /// Whatever broke for this order works from now on.
  public void repair(String orderId) {
    repaired.add(orderId);
  }

  public boolean tookMoneyFor(String orderId) {
    return captured.contains(orderId);
  }

  @Override
  public Uni<CaptureAnswer> capture(String idempotencyKey, Money amount, String token) {
    String order = orderOf(idempotencyKey);
    if (token.equals(NO_CAPTURE) && !repaired.contains(order)) {
      return Uni.createFrom().failure(new IllegalStateException("no capture today"));
    }
    if (token.equals(NO_REFUND)) {
      unrefundable.add(order);
    }
    captured.add(order);
    return configured.capture(idempotencyKey, amount, token);
  }

  @Override
  public Uni<Void> refund(String idempotencyKey, String reference, Money amount) {
    String order = orderOf(idempotencyKey);
    return unrefundable.contains(order) && !repaired.contains(order)
        ? Uni.createFrom().failure(new IllegalStateException("no refund today"))
        : configured.refund(idempotencyKey, reference, amount);
  }

  @Override
  public Uni<Void> voidCapture(String idempotencyKey) {
    return configured.voidCapture(idempotencyKey);
  }

  private static String orderOf(String idempotencyKey) {
    return idempotencyKey.substring(0, idempotencyKey.indexOf(':'));
  }
}
