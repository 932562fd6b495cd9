package io.kiroku.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Decision;
import io.kiroku.decider.Decision.Accepted;
import io.kiroku.inventory.Stock.Reservation;
import io.kiroku.inventory.StockCommand.AdjustStock;
import io.kiroku.inventory.StockCommand.CommitStock;
import io.kiroku.inventory.StockCommand.ExpireReservation;
import io.kiroku.inventory.StockCommand.ReceiveStock;
import io.kiroku.inventory.StockCommand.ReleaseStock;
import io.kiroku.inventory.StockCommand.ReserveStock;
import io.kiroku.inventory.StockCommand.ReturnStock;
import io.kiroku.inventory.StockEvent.StockLow;
import io.kiroku.inventory.StockEvent.StockOut;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Many orders whose commands come in any order and more than once, from fixed seeds.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StockInvariantsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final ProductId BOWL = new ProductId(new UUID(0, 1));
  private static final int SEEDS = 500;

  private final StockDecider decider = new StockDecider();

  @Test
  void available_is_never_negative_and_totals_agree_with_the_parts() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      Stock stock = Stock.NONE;
      for (int i = 0; i < 200; i++) {
        stock = after(anything(random), stock);
        assertThat(stock.available()).as("seed %d", seed).isNotNegative();
        assertThat(stock.reservedTotal()).isEqualTo(sumOfReserved(stock));
        assertThat(stock.committedTotal()).isNotNegative();
      }
    }
  }

  @Test
  void an_order_that_was_undone_leaves_nothing_behind_in_whatever_order_it_came() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Stock stock = after(new ReceiveStock(BOWL, 10, true, NOW), Stock.NONE);
      for (StockCommand command : shuffledLife(seed)) {
        stock = after(command, stock);
      }
      assertThat(stock.available()).as("seed %d", seed).isEqualTo(10);
    }
  }

  @Test
  void a_command_of_a_process_records_one_fact() {
    var random = new Random(1);
    Stock stock = Stock.NONE;
    for (int i = 0; i < 2_000; i++) {
      StockCommand command = anything(random);
      Decision<StockEvent> decision = decider.decide(command, stock);
      if (isOfProcess(command)) {
        assertThat(decision).isInstanceOf(Accepted.class);
        assertThat(((Accepted<StockEvent>) decision).events().stream().filter(e -> !isLevel(e)))
            .hasSize(1);
      }
      stock = after(command, stock);
    }
  }

  @Test
  void histories_fold_in_any_order_without_failing() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      List<StockEvent> history = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        history.addAll(decided(anything(random), decider.fold(history)));
      }
      Collections.shuffle(history, random);
      assertThat(decider.fold(history)).isNotNull();
    }
  }

  @Test
  void each_level_is_told_once_until_the_stock_was_above_it_again() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      Stock stock = Stock.NONE;
      for (int i = 0; i < 200; i++) {
        Stock before = stock;
        List<StockEvent> events = decided(anything(random), stock);
        stock = decider.fold(stock, events);
        boolean isLowNow = before.available() > 10 && stock.available() <= 10;
        boolean isOutNow = before.available() > 0 && stock.available() == 0;
        assertThat(events.stream().anyMatch(StockLow.class::isInstance)).isEqualTo(isLowNow);
        assertThat(events.stream().anyMatch(StockOut.class::isInstance)).isEqualTo(isOutNow);
      }
    }
  }

  /// A stream that folded in more than O(log n) per event would take minutes here.
  @Test
  void a_stream_of_a_hundred_thousand_orders_folds_in_seconds() {
    Stock stock = decider.evolve(Stock.NONE, new StockEvent.StockReceived(BOWL, 1_000_000, NOW));
    long began = System.nanoTime();
    for (int i = 0; i < 100_000; i++) {
      var order = new OrderId(new UUID(7, i));
      stock = after(new ReserveStock(BOWL, order, 1, NOW.plusSeconds(900), NOW), stock);
      stock = after(new CommitStock(BOWL, order, NOW), stock);
    }
    assertThat(stock.available()).isEqualTo(900_000);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
  }

  /// Whatever an order's commands did before, a return and a release come last at least once.
  private static List<StockCommand> shuffledLife(int seed) {
    var random = new Random(seed);
    var order = new OrderId(new UUID(0, 9));
    List<StockCommand> life = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      life.add(ofOrder(order, random, 1 + random.nextInt(5)));
    }
    life.add(new ReturnStock(BOWL, order, NOW));
    life.add(new ReleaseStock(BOWL, order, NOW));
    for (int i = 0; i < 4; i++) {
      life.add(ofOrder(order, random, 3));
    }
    return life;
  }

  private static StockCommand anything(Random random) {
    var order = new OrderId(new UUID(0, random.nextInt(6)));
    return switch (random.nextInt(12)) {
      case 0 -> new ReceiveStock(BOWL, 1 + random.nextInt(10), true, NOW);
      case 1 ->
          new AdjustStock(
              BOWL, random.nextInt(21) - 10, AdjustmentReason.COUNTED, "counted", true, NOW);
      case 2 -> new ExpireReservation(BOWL, order, NOW.plusSeconds(random.nextInt(1_800)));
      default -> ofOrder(order, random, random.nextInt(8) - 1);
    };
  }

  private static boolean isOfProcess(StockCommand command) {
    return switch (command) {
      case ReceiveStock _, AdjustStock _, ExpireReservation _ -> false;
      case ReserveStock _, ReleaseStock _, CommitStock _, ReturnStock _ -> true;
    };
  }

  private static boolean isLevel(StockEvent event) {
    return event instanceof StockLow || event instanceof StockOut;
  }

  private static StockCommand ofOrder(OrderId order, Random random, long quantity) {
    return switch (random.nextInt(4)) {
      case 0 -> new ReserveStock(BOWL, order, quantity, NOW.plusSeconds(900), NOW);
      case 1 -> new ReleaseStock(BOWL, order, NOW);
      case 2 -> new CommitStock(BOWL, order, NOW);
      default -> new ReturnStock(BOWL, order, NOW);
    };
  }

  private Stock after(StockCommand command, Stock stock) {
    return decider.fold(stock, decided(command, stock));
  }

  private List<StockEvent> decided(StockCommand command, Stock stock) {
    return decider.decide(command, stock) instanceof Accepted<StockEvent>(var events)
        ? events
        : List.of();
  }

  private static long sumOfReserved(Stock stock) {
    return stock.reserved().values().stream().mapToLong(Reservation::quantity).sum();
  }
}
