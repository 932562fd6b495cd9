package io.kiroku.provider.simulator;

import io.kiroku.payment.SimulatedProvider;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/// The payments, by key. Whatever took effect has its first answer for ever; an outage has no
/// effect.
final class PaymentBook {
  private final Journal journal;
  private final Clock clock;
  private final TestTokens tokens;
  private final Map<String, Payment> payments = new HashMap<>();
  private final Map<String, String> keysByReference = new HashMap<>();
  private final Map<String, Entry.Refunded> refunds = new HashMap<>();

  PaymentBook(Journal journal, List<Entry.OfPayments> past, Clock clock, TestTokens tokens) {
    this.journal = journal;
    this.clock = clock;
    this.tokens = tokens;
    past.forEach(this::apply);
  }

  synchronized Answer capture(String key, long amount, String currency, String token) {
    Payment known = payments.get(key);
    if (known != null) {
      return again(known, amount, currency, token);
    }
    if (tokens.isOut(key, token)) {
      return Answer.problem(
          Answer.UNAVAILABLE, "TEMPORARILY_UNAVAILABLE", "Ask again under the same key.");
    }
    String at = clock.instant().toString();
    return SimulatedProvider.declines(token)
        .filter(_ -> !TestTokens.OUTAGE.equals(token))
        .map(reason -> {
          record(new Entry.Declined(key, reason.code(), amount, currency, token, at));
          return declined(reason.code());
        })
        .orElseGet(() -> {
          String reference = "pay_" + UUID.randomUUID();
          record(new Entry.Captured(key, reference, amount, currency, token, at));
          return captured(reference, Answer.CREATED).after(tokens.delay(token));
        });
  }

  private static Answer again(Payment known, long amount, String currency, String token) {
    if (known.status() == Payment.Status.VOIDED) {
      return declined("PAYMENT_VOIDED");
    }
    if (!known.asksTheSame(amount, currency, token)) {
      return Answer.problem(Answer.CONFLICT, "KEY_REUSED", "Another request came under this key.");
    }
    return known.tookMoney() ? captured(known.reference(), Answer.OK) : declined(known.code());
  }

  /// Gives back whatever was taken under the key, and takes nothing under it any more.
  synchronized Answer voidPayment(String key) {
    Payment known = payments.get(key);
    if (known == null || known.status() != Payment.Status.VOIDED) {
      record(new Entry.Voided(key, clock.instant().toString()));
    }
    return Answer.of(Answer.OK, Map.of("status", "VOIDED"));
  }

  synchronized Answer refund(String key, String reference, long amount, String currency) {
    String paymentKey = keysByReference.get(reference);
    Payment payment = paymentKey == null ? null : payments.get(paymentKey);
    if (payment == null || !payment.currency().equals(currency)) {
      return Answer.problem(
          Answer.NOT_FOUND, "PAYMENT_NOT_FOUND", "No such payment in this currency.");
    }
    Entry.Refunded earlier = refunds.get(key);
    if (earlier != null) {
      return earlier.payment().equals(reference) && earlier.asked() == amount
          ? refunded(Answer.OK)
          : Answer.problem(Answer.CONFLICT, "KEY_REUSED", "Another request came under this key.");
    }
    boolean voided = payment.status() == Payment.Status.VOIDED;
    if (amount > payment.kept() && !voided) {
      return Answer.problem(
          Answer.REFUSED, "MORE_THAN_CAPTURED", "So much is not left of the payment.");
    }
    String at = clock.instant().toString();
    record(new Entry.Refunded(key, reference, amount, voided ? 0 : amount, at));
    return refunded(Answer.CREATED);
  }

  synchronized Answer find(String key) {
    Payment known = payments.get(key);
    return known == null
        ? Answer.problem(Answer.NOT_FOUND, "PAYMENT_NOT_FOUND", "Nothing came under this key.")
        : Answer.of(Answer.OK, known.toJson());
  }

  /// Everything that ever moved: sums by currency, then each payment that took money.
  synchronized Answer statement() {
    Map<String, long[]> sums = new TreeMap<>();
    List<Payment> moved =
        payments.values().stream()
            .filter(Payment::tookMoney)
            .sorted((a, b) -> a.key().compareTo(b.key()))
            .toList();
    for (Payment payment : moved) {
      long[] sum = sums.computeIfAbsent(payment.currency(), _ -> new long[2]);
      sum[0] = Math.addExact(sum[0], payment.captured());
      sum[1] = Math.addExact(sum[1], payment.refunded());
    }
    Map<String, Object> totals = new LinkedHashMap<>();
    sums.forEach(
        (currency, sum) -> totals.put(currency, Map.of("captured", sum[0], "refunded", sum[1])));
    return Answer.of(
        Answer.OK,
        Map.of("totals", totals, "payments", moved.stream().map(Payment::toJson).toList()));
  }

  private void record(Entry.OfPayments entry) {
    journal.write(entry);
    apply(entry);
  }

  private void apply(Entry.OfPayments entry) {
    switch (entry) {
      case Entry.Captured(var key, var reference, var amount, var currency, var token, _) -> {
        payments.put(
            key,
            new Payment(key, Payment.Status.CAPTURED, reference, "", amount, currency, token, 0));
        keysByReference.put(reference, key);
      }
      case Entry.Declined(var key, var code, var amount, var currency, var token, _) ->
          payments.put(
              key, new Payment(key, Payment.Status.DECLINED, "", code, amount, currency, token, 0));
      case Entry.Voided(var key, _) ->
          payments.merge(key, Payment.voidedBeforehand(key), (known, _) -> known.voided());
      case Entry.Refunded refund -> {
        refunds.put(refund.key(), refund);
        String key = keysByReference.getOrDefault(refund.payment(), "");
        payments.computeIfPresent(key, (_, known) -> known.refunded(refund.amount()));
      }
    }
  }

  private static Answer captured(String reference, int status) {
    return Answer.of(status, Map.of("status", "CAPTURED", "reference", reference));
  }

  private static Answer declined(String code) {
    return Answer.problem(Answer.DECLINED, code, "The payment is declined.");
  }

  private static Answer refunded(int status) {
    return Answer.of(status, Map.of("status", "REFUNDED"));
  }
}
