package io.kiroku.refusals;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.catalog.CatalogRejection;
import io.kiroku.decider.Rejection;
import io.kiroku.inventory.StockRejection;
import io.kiroku.ordering.OrderRejection;
import io.kiroku.payment.PaymentRejection;
import io.kiroku.shipping.ShipmentRejection;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What clients are told when they are refused.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RejectionsTest {
  static Stream<Rejection> rejections() {
    return Stream.<Rejection[]>of(
            CatalogRejection.values(),
            StockRejection.values(),
            OrderRejection.values(),
            PaymentRejection.values(),
            ShipmentRejection.values())
        .flatMap(Arrays::stream);
  }

  @ParameterizedTest
  @MethodSource("rejections")
  void a_refusal_has_a_code_for_programs_a_kind_and_a_sentence_for_people(Rejection rejection) {
    assertThat(rejection.code()).matches("[A-Z][A-Z_]+");
    assertThat(rejection.kind()).isNotNull();
    assertThat(rejection.detail()).matches("[A-Z].+\\.");
  }
}
