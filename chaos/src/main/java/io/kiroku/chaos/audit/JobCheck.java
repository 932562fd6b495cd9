package io.kiroku.chaos.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.kiroku.chaos.load.Accepted;
import io.kiroku.client.ApiException;
import io.kiroku.client.KirokuClient;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

/// Every order's job ended as the order did, in the eyes of its owner.
final class JobCheck {
  private static final int AT_ONCE = 8;

  private final LogFacts log;
  private final List<Accepted> orders;
  private final Function<String, KirokuClient> clients;

  JobCheck(LogFacts log, List<Accepted> orders, Function<String, KirokuClient> clients) {
    this.log = log;
    this.orders = orders;
    this.clients = clients;
  }

  Verdict run() {
    var findings = ConcurrentHashMap.<String>newKeySet();
    var permits = new Semaphore(AT_ONCE);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Accepted order : orders) {
        threads.execute(() -> {
          permits.acquireUninterruptibly();
          try {
            check(order).forEach(findings::add);
          } finally {
            permits.release();
          }
        });
      }
    }
    return new Verdict(
        "every job ended as its order did",
        orders.size() + " jobs",
        findings.stream().sorted().toList());
  }

  private Stream<String> check(Accepted order) {
    String jobId = order.order().jobId();
    String expected = log.isConfirmed(order.order().orderId()) ? "SUCCEEDED" : "FAILED";
    try {
      JsonNode job =
          Objects.requireNonNull(clients.apply(order.user())).get("/api/v1/jobs/" + jobId, null);
      String state = job.path("state").asText();
      return state.equals(expected)
          ? Stream.empty()
          : Stream.of("job %s is %s instead of %s".formatted(jobId, state, expected));
    } catch (ApiException missing) {
      return Stream.of("job %s: %s".formatted(jobId, missing.getMessage()));
    }
  }
}
