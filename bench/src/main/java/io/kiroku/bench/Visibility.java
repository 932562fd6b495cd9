package io.kiroku.bench;

import io.kiroku.client.ApiException;
import io.kiroku.client.KirokuClient;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// From the answer to a command (its append is committed) to a query that shows it: the query
/// brings the command's consistency token and is answered as soon as the read model is there. The
/// query's own round trip is included.
final class Visibility {
  private static final String BEHIND = "READ_MODEL_BEHIND";

  private Visibility() {}

  /// @param afterAnswer from the command's answer to the query's
  /// @param afterRequest from the command's request to the query's answer
  /// @param late not shown for as long as a query waits, and in neither of the samples
  record Result(Samples afterAnswer, Samples afterRequest, AtomicInteger late) {}

  static Result run(Target target, Shop shop, int eventsPerSecond, Duration length) {
    var result = new Result(new Samples(), new Samples(), new AtomicInteger());
    KirokuClient staff = target.staff();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Arrivals.run(
          eventsPerSecond,
          length,
          () -> threads.execute(() -> once(staff, shop.product(), result)));
    }
    return result;
  }

  private static void once(KirokuClient staff, String product, Result result) {
    long request = System.nanoTime();
    String token = staff.receiveStock(product, 1);
    long answer = System.nanoTime();
    if (!isShown(staff, product, token)) {
      result.late().incrementAndGet();
      return;
    }
    long visible = System.nanoTime();
    result.afterAnswer().add(visible - answer);
    result.afterRequest().add(visible - request);
  }

  private static boolean isShown(KirokuClient staff, String product, String token) {
    try {
      staff.get("/api/v1/products/" + product + "/stock", token);
      return true;
    } catch (ApiException refused) {
      if (refused.code().equals(BEHIND)) {
        return false;
      }
      throw refused;
    }
  }
}
