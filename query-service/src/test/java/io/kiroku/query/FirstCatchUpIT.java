package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// A release that builds its read models anew is given no traffic before they show all that there
/// is; one that restarts waits for nothing.
class FirstCatchUpIT {
  private static final int PRODUCTS = 2_000;
  private static final Duration WAIT = Duration.ofMinutes(2);

  @Test
  void an_instance_is_ready_once_its_read_models_have_shown_all_that_there_was() throws Exception {
    try (MongoStandIn mongo = new MongoStandIn();
        Surroundings around = new Surroundings(mongo.url())) {
      List<ProductId> products = new ArrayList<>();
      for (int i = 0; i < PRODUCTS; i++) {
        ProductId product = new ProductId(UUID.randomUUID());
        var _ = around.commands().createProduct(product);
        products.add(product);
      }
      List<String> told = new ArrayList<>();
      try (ServiceProcess service = around.startService()) {
        awaitReady(service, told);
        assertShown(service, around, products.getLast());
        assertShown(service, around, products.getFirst());
      }
      assertThat(told).as("before it was ready").anyMatch(it -> it.contains("catching up to "));
      try (ServiceProcess again = around.startService()) {
        told.clear();
        awaitReady(again, told);
        assertThat(told).as("before it was ready again").noneMatch(it -> it.contains("catching"));
        assertShown(again, around, products.getLast());
      }
    }
  }

  private static void awaitReady(ServiceProcess service, List<String> told) {
    await()
        .atMost(WAIT)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          String readiness = service.readiness();
          told.add(readiness);
          return readiness.contains("\"status\": \"UP\"")
              && !readiness.contains("\"status\": \"DOWN\"");
        });
  }

  /// To somebody who brings no token.
  private static void assertShown(ServiceProcess service, Surroundings around, ProductId product) {
    var request = GetProductRequest.newBuilder().setProductId(product.toString()).build();
    assertThat(
            QueryServiceGrpc.newBlockingStub(service.channel())
                .withInterceptors(CallHeaders.of(around.keys(), "mika", ""))
                .getProduct(request)
                .hasProduct())
        .isTrue();
  }
}
