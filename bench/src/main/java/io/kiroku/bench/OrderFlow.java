package io.kiroku.bench;

import io.kiroku.client.ApiException;
import io.kiroku.client.JobSocket;
import io.kiroku.client.JobUpdate;
import io.kiroku.client.KirokuClient;
import io.kiroku.client.PlacedOrder;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Orders from the HTTP request to the end as the WebSocket tells it, counted by how they ended.
final class OrderFlow {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final long END_MAX_SECONDS = 120;

  final Samples confirmed = new Samples();
  final AtomicInteger unconfirmed = new AtomicInteger();
  final AtomicInteger refused = new AtomicInteger();
  final AtomicInteger lost = new AtomicInteger();

  /// Places one order and waits for its end; false if it was turned away with 429.
  boolean placeAndAwait(Shop shop, KirokuClient customer, JobSocket socket) {
    long start = System.nanoTime();
    PlacedOrder placed;
    try {
      placed = customer.placeOrder(shop.order(), UUID.randomUUID().toString());
    } catch (ApiException e) {
      (e.status() == TOO_MANY_REQUESTS ? refused : lost).incrementAndGet();
      return e.status() != TOO_MANY_REQUESTS;
    }
    try {
      JobUpdate end =
          socket
              .follow(placed.jobId(), _ -> {})
              .orTimeout(END_MAX_SECONDS, TimeUnit.SECONDS)
              .join();
      if (end.isSuccess()) {
        confirmed.add(System.nanoTime() - start);
      } else {
        unconfirmed.incrementAndGet();
      }
    } catch (CompletionException e) {
      lost.incrementAndGet();
    }
    return true;
  }
}
