package io.kiroku.command.publisher;

import io.kiroku.command.outbox.OutboxCleaning;
import io.kiroku.command.outbox.OutboxConfig;
import io.kiroku.command.outbox.OutboxMessage;
import io.kiroku.command.outbox.OutboxTable;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// One way through the log that puts messages into the outbox again, batch by batch, and waits
/// whenever too many of them are not confirmed by the connector yet.
final class Republication {
  // A batch and a sweep may want the same rows in another order: the victim tries again.
  // https://www.postgresql.org/docs/current/errcodes-appendix.html
  private static final String DEADLOCK = "40P01";
  private static final int DEADLOCKS_MOST = 10;
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMillis(250);
  private static final String WAITING =
      "SELECT count(*) FROM (SELECT FROM outbox WHERE republication IS NOT NULL LIMIT $1) AS w";

  private final EventLog log;
  private final Pool pool;
  private final OutboxCleaning cleaning;
  private final Publications publications;
  private final WantedMessages wanted;
  private final Map<String, Integer> schemaIds;
  private final OutboxConfig config;

  Republication(
      EventLog log,
      Pool pool,
      OutboxCleaning cleaning,
      Publications publications,
      WantedMessages wanted,
      Map<String, Integer> schemaIds,
      OutboxConfig config) {
    this.log = log;
    this.pool = pool;
    this.cleaning = cleaning;
    this.publications = publications;
    this.wanted = wanted;
    this.schemaIds = Map.copyOf(schemaIds);
    this.config = config;
  }

  /// Nothing is read or written but on demand; it ends with the progress that is `done`.
  ///
  /// @param afterPosition exclusive
  /// @param endPosition inclusive; what comes after it is the publisher's to send
  Multi<RepublicationProgress> run(long afterPosition, long endPosition) {
    var begin = RepublicationProgress.begin(afterPosition, endPosition);
    return Multi.createBy()
        .repeating()
        .uni(() -> new Place(begin), place -> step(place.progress).invoke(place::moveTo))
        .whilst(progress -> !progress.done());
  }

  private Uni<RepublicationProgress> step(RepublicationProgress before) {
    return waiting()
        .flatMap(rows ->
            rows < config.republishedRowsMost()
                ? batch(before).map(after -> after.waiting(rows))
                : cleaning
                    .sweepRepublished()
                    .map(_ -> before.waiting(rows))
                    .onItem()
                    .delayIt()
                    .by(LOOK_AGAIN_AFTER));
  }

  private Uni<RepublicationProgress> batch(RepublicationProgress before) {
    return log.read(before.position(), config.republishBatch())
        .map(events ->
            events.stream().filter(event -> event.position() <= before.endPosition()).toList())
        .flatMap(events ->
            events.isEmpty() ? Uni.createFrom().item(before.ended()) : written(before, events));
  }

  private Uni<RepublicationProgress> written(
      RepublicationProgress before, List<RecordedEvent> events) {
    return publications
        .of(events)
        .flatMap(publication -> wanted.of(publication.messages()))
        .flatMap(messages ->
            insert(messages)
                .replaceWith(
                    before.moved(events.getLast().position(), events.size(), messages.size())));
  }

  private Uni<Void> insert(List<OutboxMessage> messages) {
    return Uni.createFrom()
        .deferred(() ->
            pool.withTransaction(
                transaction -> OutboxTable.insertAgain(transaction, messages, schemaIds)))
        .onFailure(failure ->
            failure instanceof PgException refused && DEADLOCK.equals(refused.getSqlState()))
        .retry()
        .atMost(DEADLOCKS_MOST);
  }

  private Uni<Long> waiting() {
    return pool.preparedQuery(WAITING)
        .execute(Tuple.of(config.republishedRowsMost()))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private static final class Place {
    private RepublicationProgress progress;

    Place(RepublicationProgress progress) {
      this.progress = progress;
    }

    void moveTo(RepublicationProgress next) {
      progress = next;
    }
  }
}
