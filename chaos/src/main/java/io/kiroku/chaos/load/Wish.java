package io.kiroku.chaos.load;

import io.kiroku.client.Address;
import io.kiroku.client.NewOrder;
import io.kiroku.client.OrderItem;
import java.util.List;
import java.util.Random;

/// What customers ask for, and whether they can get it.
public enum Wish {
  /// Confirmed, unless the platform was away for too long.
  POSSIBLE(60),
  CARD_DECLINED(12),

  /// The provider answers 503 three times before it captures: as good as possible.
  CARD_UNAVAILABLE(8),
  RESTRICTED_AREA(12),
  MORE_THAN_IN_STOCK(8);

  private static final Address KYOTO =
      new Address("Aoi Sato", "1-2 Gion", "Kyoto", "605-0001", "JP");
  private static final Address REEF =
      new Address("Aoi Sato", "1 Far Reef", "Outer Isles", "999-0001", "JP");
  private static final int PERCENT = 100;
  private static final int QUANTITY_MAX = 3;

  private final int percent;

  Wish(int percent) {
    this.percent = percent;
  }

  public boolean isPossible() {
    return this == POSSIBLE || this == CARD_UNAVAILABLE;
  }

  static Wish any(Random random) {
    int draw = random.nextInt(PERCENT);
    for (Wish wish : values()) {
      draw -= wish.percent;
      if (draw < 0) {
        return wish;
      }
    }
    throw new IllegalStateException("percentages do not add up");
  }

  NewOrder order(Shop shop, Random random) {
    return switch (this) {
      case POSSIBLE -> new NewOrder(lines(shop, random), KYOTO, "tok_ok");
      case CARD_DECLINED -> new NewOrder(lines(shop, random), KYOTO, "tok_insufficient_funds");
      case CARD_UNAVAILABLE ->
          new NewOrder(lines(shop, random), KYOTO, "tok_temporarily_unavailable");
      case RESTRICTED_AREA -> new NewOrder(lines(shop, random), REEF, "tok_ok");
      case MORE_THAN_IN_STOCK ->
          new NewOrder(List.of(new OrderItem(shop.scarce(), Shop.FEW + 1)), KYOTO, "tok_ok");
    };
  }

  private static List<OrderItem> lines(Shop shop, Random random) {
    int first = random.nextInt(shop.plenty().size());
    int quantity = 1 + random.nextInt(QUANTITY_MAX);
    var line = new OrderItem(shop.plenty().get(first), quantity);
    int second = random.nextInt(shop.plenty().size());
    return second == first
        ? List.of(line)
        : List.of(line, new OrderItem(shop.plenty().get(second), 1));
  }
}
