package io.kiroku.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.Decision.Accepted;
import io.kiroku.inventory.Stock.Reservation;
import io.kiroku.inventory.StockCommand.AdjustStock;
import io.kiroku.inventory.StockCommand.CommitStock;
import io.kiroku.inventory.StockCommand.ExpireReservation;
import io.kiroku.inventory.StockCommand.ReceiveStock;
import io.kiroku.inventory.StockCommand.ReleaseStock;
import io.kiroku.inventory.StockCommand.ReserveStock;
import io.kiroku.inventory.StockCommand.ReturnStock;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Commands of several orders and of the staff, in any order, early, late and twice.
class StockPropertiesTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant EXPIRY = AT.plusSeconds(900);
  private static final ProductId BOWL = new ProductId(new UUID(0, 1));

  private final StockDecider decider = new StockDecider();

  @Property(tries = 1_000)
  void available_is_never_negative(@ForAll("interleavings") List<StockCommand> commands) {
    Stock stock = Stock.NONE;
    for (StockCommand command : commands) {
      stock = after(command, stock);
      assertThat(stock.available()).isNotNegative();
      assertThat(stock.reservedTotal())
          .isEqualTo(stock.reserved().values().stream().mapToLong(Reservation::quantity).sum());
    }
  }

  @Property(tries = 500)
  void nothing_is_kept_back_once_every_reservation_has_expired(
      @ForAll("interleavings") List<StockCommand> commands) {
    Stock stock = Stock.NONE;
    for (StockCommand command : commands) {
      stock = after(command, stock);
    }
    for (OrderId order : List.copyOf(stock.reserved().keySet())) {
      stock = after(new ExpireReservation(BOWL, order, EXPIRY), stock);
    }
    assertThat(stock.reservedTotal()).isZero();
    assertThat(stock.available())
        .isEqualTo(stock.received() + stock.adjusted() - stock.committedTotal());
  }

  @Provide
  Arbitrary<List<StockCommand>> interleavings() {
    return commands().list().ofMaxSize(80);
  }

  private static Arbitrary<StockCommand> commands() {
    Arbitrary<OrderId> orders =
        Arbitraries.integers().between(0, 5).map(number -> new OrderId(new UUID(1, number)));
    Arbitrary<Instant> times =
        Arbitraries.integers().between(0, 1_800).map(seconds -> AT.plusSeconds(seconds));
    Arbitrary<Long> pieces = Arbitraries.longs().between(-3, 20);
    return Arbitraries.oneOf(
        Combinators.combine(pieces, times)
            .as((quantity, now) -> new ReceiveStock(BOWL, quantity, true, now)),
        Combinators.combine(Arbitraries.longs().between(-20, 20), times)
            .as((delta, now) ->
                new AdjustStock(BOWL, delta, AdjustmentReason.COUNTED, "counted", true, now)),
        Combinators.combine(orders, pieces, times)
            .as((order, quantity, now) -> new ReserveStock(BOWL, order, quantity, EXPIRY, now)),
        Combinators.combine(orders, times).as((order, now) -> new ReleaseStock(BOWL, order, now)),
        Combinators.combine(orders, times).as((order, now) -> new CommitStock(BOWL, order, now)),
        Combinators.combine(orders, times).as((order, now) -> new ReturnStock(BOWL, order, now)),
        Combinators.combine(orders, times)
            .as((order, now) -> new ExpireReservation(BOWL, order, now)));
  }

  private Stock after(StockCommand command, Stock stock) {
    return decider.decide(command, stock) instanceof Accepted<StockEvent>(var events)
        ? decider.fold(stock, events)
        : stock;
  }
}
