package io.kiroku.command.saga;

import io.kiroku.command.logconsumer.Lease;
import io.kiroku.command.logconsumer.Leases;
import io.kiroku.command.logconsumer.LogWork;
import io.kiroku.command.logconsumer.Pace;
import io.kiroku.command.logconsumer.TimedWork;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;

/// Lets the sagas hear the log: different sagas at the same time, each one in order.
///
/// A crash between an append and the checkpoint is harmless, because every saga event names its
/// trigger's position; so the checkpoint is written now and then, not for every batch.
public final class SagaRunner implements LogWork {
  public static final String CONSUMER = "saga-runner";
  private static final Logger LOG = Logger.getLogger(SagaRunner.class);
  private static final Duration ANSWER_MOST = Duration.ofMinutes(2);
  private static final int SAGAS_AT_ONCE = 128;

  private final HeardEvents triggers;
  private final SagaRegistry sagas;
  private final SagaTimers timers;
  private final SagaParking parking;
  private final List<TimedWork> timedWork;
  private final Pool pool;
  private final Leases leases;
  private final Pace checkpoints = new Pace(Duration.ofMillis(100));
  private final Pace timerLooks = new Pace(Duration.ofMillis(200));
  private final Pace retries = new Pace(Duration.ofSeconds(2));
  private long position;

  /// @param timedWork what else waits for the log to be read past its time
  SagaRunner(
      HeardEvents triggers,
      SagaRegistry sagas,
      SagaTimers timers,
      SagaParking parking,
      List<TimedWork> timedWork,
      Pool pool,
      Leases leases) {
    this.triggers = triggers;
    this.sagas = sagas;
    this.timers = timers;
    this.parking = parking;
    this.timedWork = List.copyOf(timedWork);
    this.pool = pool;
    this.leases = leases;
  }

  /// How many sagas are set aside.
  public int parked() {
    return parking.size();
  }

  @Override
  public String consumer() {
    return CONSUMER;
  }

  /// Everything, although few events are triggers: only so is it certain that the end of the log
  /// has been reached, which the timers wait for.
  @Override
  public Set<String> streamPrefixes() {
    return Set.of();
  }

  @Override
  public void begin(Lease lease) {
    position = lease.checkpoint();
    sagas.forgetAll();
    timers.forget();
    parking.begin();
    timedWork.forEach(TimedWork::begin);
  }

  @Override
  public Lease handle(LogBatch batch, Lease lease) {
    Map<SagaKey, List<Heard<?>>> bySaga = new LinkedHashMap<>();
    for (Heard<?> heard : triggers.in(batch.events(), parking)) {
      bySaga.computeIfAbsent(heard.key(), _ -> new ArrayList<>()).add(heard);
    }
    hearAll(bySaga);
    position = batch.position();
    return flushed(lease);
  }

  private void hearAll(Map<SagaKey, List<Heard<?>>> bySaga) {
    if (!bySaga.isEmpty()) {
      Multi.createFrom()
          .iterable(bySaga.values())
          .onItem()
          .transformToUni(this::hearInOrder)
          .merge(SAGAS_AT_ONCE)
          .collect()
          .last()
          .await()
          .atMost(ANSWER_MOST);
    }
  }

  private Uni<Void> hearInOrder(List<Heard<?>> ofOneSaga) {
    return Multi.createFrom()
        .iterable(ofOneSaga)
        .onItem()
        .transformToUniAndConcatenate(this::hear)
        .collect()
        .last();
  }

  private Uni<Void> hear(Heard<?> heard) {
    RecordedEvent origin = heard.origin();
    if (parking.isParked(heard.key())) {
      if (origin != null) {
        parking.queue(heard.key(), origin);
      }
      return Uni.createFrom().voidItem();
    }
    return heard
        .answer()
        .onFailure(SagaParking::isTheSagasOwn)
        .recoverWithUni(failure -> {
          parking.park(heard.key(), failure, origin);
          return Uni.createFrom().voidItem();
        });
  }

  /// What was set aside must be safe before the checkpoint passes it: one transaction.
  private Lease flushed(Lease lease) {
    if (parking.isDirty()) {
      return pool.withTransaction(transaction ->
              leases.advance(transaction, lease, position).call(() -> parking.write(transaction)))
          .invoke(parking::written)
          .await()
          .atMost(ANSWER_MOST);
    }
    return position != lease.checkpoint() && checkpoints.isDue()
        ? leases.advance(lease, position).await().atMost(ANSWER_MOST)
        : lease;
  }

  @Override
  public Lease tick(Lease lease) {
    if (timerLooks.isDue()) {
      fireTimers();
    }
    if (retries.isDue()) {
      parking.retry(triggers);
    }
    // After the sagas' own timers: a saga that gives up lets go by itself what it kept back.
    timedWork.forEach(work -> work.tick(position));
    return flushed(lease);
  }

  private void fireTimers() {
    List<SagaTimers.Due> ready = timers.ready(position);
    if (ready.isEmpty()) {
      return;
    }
    LOG.infof("timers: %d due", ready.size());
    Map<SagaKey, List<Heard<?>>> bySaga = new LinkedHashMap<>();
    for (SagaTimers.Due due : ready) {
      timers
          .heard(due)
          .ifPresent(
              heard -> bySaga.computeIfAbsent(due.saga(), _ -> new ArrayList<>()).add(heard));
    }
    hearAll(bySaga);
    List<SagaTimers.Due> heard =
        ready.stream()
            .filter(due -> bySaga.containsKey(due.saga()) && !parking.isParked(due.saga()))
            .toList();
    timers.delete(heard).await().atMost(ANSWER_MOST);
  }
}
