package io.kiroku.command.reservation;

import io.kiroku.command.logconsumer.Pace;
import io.kiroku.command.logconsumer.TimedWork;
import io.kiroku.command.logconsumer.TimerGate;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.CommandOutcome.Rejected;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/// Fires the reservations' timers, a bounded number at once and beside the leader's own work.
///
/// Whether there is anything to expire is decided on the stock's stream, so a timer that fires
/// twice, too late, or on an instance that leads no more, does no harm.
@Singleton
public final class ReservationExpiry implements TimedWork {
  private static final Logger LOG = Logger.getLogger(ReservationExpiry.class);
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);
  private static final int FIRED_MOST = 500;
  private static final int AT_ONCE = 16;

  private final ReservationTimers timers;
  private final CommandHandler<StockCommand, Stock, StockEvent> stocks;
  private final Clock clock;
  private final TimerGate<DueReservation> gate;
  private final Pace looks = new Pace(Duration.ofMillis(500));
  private final AtomicBoolean firing = new AtomicBoolean();

  public ReservationExpiry(
      Pool pool,
      CommandHandler<StockCommand, Stock, StockEvent> stocks,
      EventLog log,
      Clock clock) {
    this.timers = new ReservationTimers(pool, clock);
    this.stocks = stocks;
    this.clock = clock;
    this.gate = new TimerGate<>(() -> timers.due(FIRED_MOST).await().atMost(ANSWER_MOST), log);
  }

  @Override
  public void begin() {
    gate.forget();
  }

  @Override
  public void tick(long position) {
    if (firing.get() || !looks.isDue()) {
      return;
    }
    List<DueReservation> due = gate.passed(position);
    if (!due.isEmpty()) {
      LOG.infof("reservations: %d due", due.size());
      firing.set(true);
      fire(due);
    }
  }

  private void fire(List<DueReservation> due) {
    var _ =
        Multi.createFrom()
            .iterable(due)
            .onItem()
            .transformToUni(this::expired)
            .merge(AT_ONCE)
            .filter(Optional::isPresent)
            .map(Optional::get)
            .collect()
            .asList()
            .flatMap(timers::remove)
            .ifNoItem()
            .after(ANSWER_MOST)
            .fail()
            .onTermination()
            .invoke(() -> firing.set(false))
            .subscribe()
            .with(
                _ -> {},
                failure -> LOG.warnf("reservations: %s; their timers fire again", failure));
  }

  /// The reservation, if it is over; empty if its timer has to fire again.
  private Uni<Optional<DueReservation>> expired(DueReservation due) {
    return Uni.createFrom()
        .deferred(() -> stocks.handle(due.stream(), due.command(clock.instant()), due.context()))
        .flatMap(outcome ->
            switch (outcome) {
              case Accepted<Stock, StockEvent> _ -> Uni.createFrom().item(Optional.of(due));
              case Rejected<Stock, StockEvent>(var reason) -> setAside(due, reason.code());
            })
        .onFailure(failure -> !(failure instanceof EventStoreUnavailable))
        .recoverWithUni(failure -> setAside(due, failure.toString()))
        .onFailure(EventStoreUnavailable.class)
        .recoverWithItem(failure -> {
          LOG.debugf("reservations: %s fires again: %s", due.stream(), failure);
          return Optional.empty();
        });
  }

  private Uni<Optional<DueReservation>> setAside(DueReservation due, String error) {
    LOG.errorf(
        "reservation of %s for order %s cannot expire: %s", due.product(), due.order(), error);
    return timers.postpone(due, error).replaceWith(Optional.empty());
  }
}
