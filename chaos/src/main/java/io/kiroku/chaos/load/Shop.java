package io.kiroku.chaos.load;

import io.kiroku.client.KirokuClient;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// What can be ordered.
///
/// @param plenty products that never run out
/// @param scarce a product of which there are [#FEW]
public record Shop(List<String> plenty, String scarce) {
  static final int FEW = 2;
  static final long PIECES = 1_000_000;
  private static final int PRODUCTS = 8;
  private static final long PRICE_YEN = 2_400;

  public static Shop fill(KirokuClient staff) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    String category = staff.createCategory("Chaos " + run);
    List<String> plenty =
        IntStream.range(0, PRODUCTS)
            .mapToObj(i -> product(staff, "Teapot " + run + " " + i, category, PIECES))
            .toList();
    return new Shop(plenty, product(staff, "Tea bowl " + run, category, FEW));
  }

  private static String product(KirokuClient staff, String name, String category, long pieces) {
    String product = staff.createProduct(name, PRICE_YEN, category);
    staff.receiveStock(product, pieces);
    return product;
  }
}
