package io.kiroku.command.publisher;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.outbox.OutboxCleaning;
import io.kiroku.command.outbox.OutboxConfig;
import io.kiroku.eventstore.EventLog;
import io.kiroku.service.error.Errors;
import io.kiroku.service.kafka.SchemaIds;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/// Sends again what the log says. Beside the publisher, on any instance: it ends where the
/// publisher was when it began, and writes nothing but outbox rows.
public final class Republisher {
  private static final Logger LOG = Logger.getLogger(Republisher.class);
  private static final Duration REGISTRY_MOST = Duration.ofSeconds(10);
  private static final String CHECKPOINT =
      "SELECT min(checkpoint) FROM log_consumer WHERE consumer = $1";

  private final EventLog log;
  private final Pool pool;
  private final OutboxCleaning cleaning;
  private final List<? extends PublishedSaga<?>> sagas;
  private final WantedMessages wanted;
  private final SchemaIds registry;
  private final OutboxConfig config;

  Republisher(
      EventLog log,
      Pool pool,
      OutboxCleaning cleaning,
      List<? extends PublishedSaga<?>> sagas,
      WantedMessages wanted,
      SchemaIds registry,
      OutboxConfig config) {
    this.log = log;
    this.pool = pool;
    this.cleaning = cleaning;
    this.sagas = sagas;
    this.wanted = wanted;
    this.registry = registry;
    this.config = config;
  }

  /// Fails with `INVALID_ARGUMENT` for a position that the publisher has not come to, with
  /// `UNAVAILABLE` if the registry does not answer.
  ///
  /// @param fromPosition inclusive
  public Multi<RepublicationProgress> republish(long fromPosition, String actor) {
    return Uni.combine()
        .all()
        .unis(checkpoint(), schemaIds())
        .asTuple()
        .onItem()
        .transformToMulti(found -> {
          long end = found.getItem1();
          if (fromPosition > end + 1) {
            throw Errors.invalid("from_position", "is beyond the publisher's, which is " + end);
          }
          LOG.infof("%s republishes from %d to %d", actor, fromPosition, end);
          return republication(found.getItem2()).run(fromPosition - 1, end);
        });
  }

  private Republication republication(Map<String, Integer> schemaIds) {
    // Its own: what it remembers of orders is of long ago.
    Publications publications = new Publications(StoredEvents.reader(), sagas, pool);
    return new Republication(log, pool, cleaning, publications, wanted, schemaIds, config);
  }

  private Uni<Long> checkpoint() {
    return pool.preparedQuery(CHECKPOINT)
        .execute(Tuple.of(Publisher.CONSUMER))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private Uni<Map<String, Integer>> schemaIds() {
    return Multi.createFrom()
        .iterable(Topics.ALL)
        .onItem()
        .transformToUniAndConcatenate(topic -> registry.of(topic).map(id -> Map.entry(topic, id)))
        .collect()
        .<Map<String, Integer>>in(HashMap::new, (ids, id) -> ids.put(id.getKey(), id.getValue()))
        .ifNoItem()
        .after(REGISTRY_MOST)
        .failWith(() -> Errors.unavailable("The schema registry does not answer."));
  }
}
