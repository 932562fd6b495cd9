package io.kiroku.provider.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/// A payment as the provider knows it.
///
/// @param reference empty unless money was taken
/// @param code why it was declined, else empty
/// @param refunded never more than `captured`
record Payment(
    String key,
    Status status,
    String reference,
    String code,
    long asked,
    String currency,
    String token,
    long refunded) {
  enum Status {
    CAPTURED,
    DECLINED,
    VOIDED
  }

  static Payment voidedBeforehand(String key) {
    return new Payment(key, Status.VOIDED, "", "", 0, "", "", 0);
  }

  boolean tookMoney() {
    return !reference.isEmpty();
  }

  long captured() {
    return tookMoney() ? asked : 0;
  }

  long kept() {
    return captured() - refunded;
  }

  /// The order that it pays: what stands before the first colon of its key.
  String order() {
    int colon = key.indexOf(':');
    return colon < 0 ? key : key.substring(0, colon);
  }

  boolean asksTheSame(long amount, String otherCurrency, String otherToken) {
    return asked == amount && currency.equals(otherCurrency) && token.equals(otherToken);
  }

  Payment voided() {
    return new Payment(key, Status.VOIDED, reference, code, asked, currency, token, captured());
  }

  Payment refunded(long more) {
    return new Payment(
        key, status, reference, code, asked, currency, token, Math.addExact(refunded, more));
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", key);
    json.put("order", order());
    json.put("status", status.name());
    json.put("reference", reference);
    json.put("code", code);
    json.put("currency", currency);
    json.put("captured", captured());
    json.put("refunded", refunded);
    return json;
  }
}
