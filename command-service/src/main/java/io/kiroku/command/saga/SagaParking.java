package io.kiroku.command.saga;

import io.kiroku.command.personalkeys.PersonKeysUnavailable;
import io.kiroku.command.saga.ParkedSagas.Due;
import io.kiroku.command.saga.ParkedSagas.Waiting;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Sets aside sagas that cannot be decided, so that the others go on, and tries them again later.
final class SagaParking {
  private static final Logger LOG = Logger.getLogger(SagaParking.class);
  private static final Duration ANSWER_MOST = Duration.ofMinutes(2);

  private final ParkedSagas rows;
  private final EventStore store;
  private final Set<SagaKey> parked = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedQueue<Function<SqlClient, Uni<Void>>> unwritten =
      new ConcurrentLinkedQueue<>();

  SagaParking(ParkedSagas rows, EventStore store) {
    this.rows = rows;
    this.store = store;
  }

  /// Whether it is this saga that fails, and not something that all of them need.
  static boolean isTheSagasOwn(Throwable failure) {
    return !(failure instanceof EventStoreUnavailable
        || failure instanceof ConcurrencyConflict
        || failure instanceof PersonKeysUnavailable
        || failure instanceof TimeoutException);
  }

  void begin() {
    unwritten.clear();
    parked.clear();
    parked.addAll(rows.all().await().atMost(ANSWER_MOST));
  }

  boolean isParked(SagaKey saga) {
    return parked.contains(saga);
  }

  void park(SagaKey saga, Throwable failure, @Nullable RecordedEvent trigger) {
    LOG.errorf(failure, "saga %s is parked: it could not answer %s", saga, trigger);
    parked.add(saga);
    unwritten.add(transaction -> rows.park(transaction, saga, failure.toString(), trigger));
  }

  void queue(SagaKey saga, RecordedEvent trigger) {
    unwritten.add(transaction -> rows.queue(transaction, saga, trigger));
  }

  boolean isDirty() {
    return !unwritten.isEmpty();
  }

  Uni<Void> write(SqlClient transaction) {
    return Multi.createFrom()
        .iterable(List.copyOf(unwritten))
        .onItem()
        .transformToUniAndConcatenate(write -> write.apply(transaction))
        .collect()
        .last();
  }

  void written() {
    unwritten.clear();
  }

  /// How many sagas are set aside; what health and metrics show.
  int size() {
    return parked.size();
  }

  void retry(HeardEvents triggers) {
    if (parked.isEmpty()) {
      return;
    }
    for (Due due : rows.due().await().atMost(ANSWER_MOST)) {
      rows.waiting(due.saga())
          .flatMap(waiting -> hearAll(due.saga(), waiting, triggers))
          .flatMap(_ -> rows.unpark(due.saga()))
          .invoke(() -> parked.remove(due.saga()))
          .onFailure(SagaParking::isTheSagasOwn)
          .recoverWithUni(failure -> rows.postpone(due, failure.toString()))
          .await()
          .atMost(ANSWER_MOST);
    }
  }

  /// Those it has answered already are skipped by their positions.
  private Uni<Void> hearAll(SagaKey saga, List<Waiting> waiting, HeardEvents triggers) {
    return Multi.createFrom()
        .iterable(waiting)
        .onItem()
        .transformToUniAndConcatenate(trigger ->
            store
                .read(trigger.stream(), trigger.revision(), 1)
                .flatMap(events -> triggers.of(events.getFirst()))
                .flatMap(heard ->
                    heard.stream()
                        .filter(found -> found.key().equals(saga))
                        .findFirst()
                        .map(Heard::answer)
                        .orElseGet(() -> Uni.createFrom().voidItem())))
        .collect()
        .last();
  }
}
