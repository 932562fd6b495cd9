package io.kiroku.launcher.demo;

import io.kiroku.client.KirokuClient;

/// A small shop, filled anew for each tour so that a tour never depends on what was there.
///
/// @param kettle plenty in stock
/// @param scarce two pieces in stock
record Shop(String teapot, String kettle, String scarce) {
  private static final long PLENTY = 1_000;
  static final long FEW = 2;

  static Shop fill(KirokuClient staff, String tour, Runnable stepDone) {
    String category = staff.createCategory("Tea " + tour);
    stepDone.run();
    return new Shop(
        product(staff, "Teapot", 4_800, category, PLENTY, stepDone),
        product(staff, "Kettle", 6_200, category, PLENTY, stepDone),
        product(staff, "Tea bowl by Raku", 88_000, category, FEW, stepDone));
  }

  /// What [#fill] reports as done, in calls of `stepDone`.
  static int steps() {
    return 7;
  }

  private static String product(
      KirokuClient staff,
      String name,
      long priceYen,
      String category,
      long pieces,
      Runnable stepDone) {
    String product = staff.createProduct(name, priceYen, category);
    stepDone.run();
    staff.receiveStock(product, pieces);
    stepDone.run();
    return product;
  }
}
