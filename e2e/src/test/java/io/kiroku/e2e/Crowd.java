package io.kiroku.e2e;

import io.kiroku.client.ApiException;
import io.kiroku.client.KirokuClient;
import io.kiroku.client.PlacedOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Many customers at once who, like real clients, repeat a request that failed under its key.
final class Crowd implements AutoCloseable {
  private static final Duration PERSISTENCE = Duration.ofSeconds(90);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final RunningPlatform platform;
  private final TestShop shop;

  Crowd(RunningPlatform platform, TestShop shop) {
    this.platform = platform;
    this.shop = shop;
  }

  /// Starts placing orders, every fifth of which cannot succeed.
  List<Future<PlacedOrder>> place(int orders) {
    return IntStream.range(0, orders).mapToObj(i -> threads.submit(() -> placeOne(i))).toList();
  }

  private PlacedOrder placeOne(int number) {
    KirokuClient customer = platform.customer("crowd");
    String key = UUID.randomUUID().toString();
    var order = number % 5 == 4 ? shop.order(1, "tok_ok", TestShop.RESTRICTED) : shop.order(1);
    Instant end = Instant.now().plus(PERSISTENCE);
    while (true) {
      try {
        return customer.placeOrder(order, key);
      } catch (ApiException e) {
        boolean worthRepeating = e.status() >= 500 || e.status() == 429;
        if (!worthRepeating || Instant.now().isAfter(end)) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
