package io.kiroku.bench;

import io.kiroku.client.Address;
import io.kiroku.client.KirokuClient;
import io.kiroku.client.NewOrder;
import io.kiroku.client.OrderItem;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is ordered under load: orders of one or two lines over some dozen products, never sold out.
record Shop(List<String> products) {
  private static final int PRODUCTS = 40;
  private static final long PIECES = 1_000_000;
  private static final Address ADDRESS =
      new Address("Aoi Sato", "1-2 Gion", "Kyoto", "605-0001", "JP");

  static Shop fill(KirokuClient staff) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    String category = staff.createCategory("Bench " + run);
    return new Shop(
        IntStream.range(0, PRODUCTS)
            .mapToObj(i -> staff.createProduct("Bench " + run + " " + i, 2_000 + i, category))
            .peek(product -> staff.receiveStock(product, PIECES))
            .toList());
  }

  NewOrder order() {
    var random = ThreadLocalRandom.current();
    int first = random.nextInt(PRODUCTS);
    int second = (first + 1 + random.nextInt(PRODUCTS - 1)) % PRODUCTS;
    Stream<Integer> lines = random.nextBoolean() ? Stream.of(first) : Stream.of(first, second);
    List<OrderItem> items =
        lines.map(line -> new OrderItem(products.get(line), 1 + random.nextInt(3))).toList();
    return new NewOrder(items, ADDRESS, "tok_ok");
  }

  String product() {
    return products.get(ThreadLocalRandom.current().nextInt(PRODUCTS));
  }
}
