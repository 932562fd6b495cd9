package io.kiroku.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SimulatedProviderTest {
  @Test
  void tokens_do_what_the_table_says() {
    assertThat(SimulatedProvider.declines("tok_ok")).isEmpty();
    assertThat(SimulatedProvider.declines("tok_ok_visa")).isEmpty();
    assertThat(SimulatedProvider.declines("tok_insufficient_funds"))
        .contains(PaymentRejection.INSUFFICIENT_FUNDS);
    assertThat(SimulatedProvider.declines("tok_fraud")).contains(PaymentRejection.FRAUD_SUSPECTED);
    assertThat(SimulatedProvider.declines("tok_temporarily_unavailable"))
        .contains(PaymentRejection.PROVIDER_UNAVAILABLE);
    assertThat(SimulatedProvider.declines("tok_invalid_method"))
        .contains(PaymentRejection.INVALID_PAYMENT_METHOD);
    assertThat(SimulatedProvider.declines("4111111111111111"))
        .contains(PaymentRejection.INVALID_PAYMENT_METHOD);
  }

  @Test
  void only_an_outage_may_pass() {
    assertThat(PaymentRejection.isRetryable("PROVIDER_UNAVAILABLE")).isTrue();
    assertThat(PaymentRejection.isRetryable("INSUFFICIENT_FUNDS")).isFalse();
    assertThat(PaymentRejection.isRetryable("INVALID_PAYMENT_METHOD")).isFalse();
    assertThat(PaymentRejection.isRetryable("FRAUD_SUSPECTED")).isFalse();
  }
}
