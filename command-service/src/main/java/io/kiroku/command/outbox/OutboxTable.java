package io.kiroku.command.outbox;

import io.kiroku.command.logconsumer.Partition;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.service.kafka.ConfluentFraming;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Inserts messages, all of a batch in one statement.
public final class OutboxTable {
  private static final String COLUMNS =
      "id, topic, aggregate_id, type, payload, stream, revision, log_position,"
          + " correlation_id, causation_id, tenant, traceparent, partition";
  private static final String VALUES =
      "unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[], $6::text[],"
          + " $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::text[],"
          + " $13::smallint[])";
  // ON CONFLICT: fencing makes a second insert impossible, a rebuild by hand may still try.
  private static final String INSERT =
      "INSERT INTO outbox ("
          + COLUMNS
          + ") SELECT * FROM "
          + VALUES
          + " ON CONFLICT (id) DO NOTHING";
  private static final String LOCK = "SELECT pg_advisory_xact_lock($1)";
  // Any number, as long as nobody else in this database uses it.
  private static final long REPUBLICATIONS = 0x6F7574626F78L;
  private static final String DELETE = "DELETE FROM outbox WHERE id = ANY ($1)";
  // In a statement of its own, which begins after the lock was obtained.
  private static final String INSERT_AGAIN =
      "WITH batch AS (SELECT nextval('outbox_republication') AS number)"
          + " INSERT INTO outbox ("
          + COLUMNS
          + ", republication) SELECT v.*, (SELECT number FROM batch) FROM "
          + VALUES
          + " AS v";

  private OutboxTable() {}

  /// @param schemaIds id of each message's topic
  public static Uni<Void> insert(
      SqlClient transaction, List<OutboxMessage> messages, Map<String, Integer> schemaIds) {
    if (messages.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return transaction
        .preparedQuery(INSERT)
        .execute(new Columns(messages.size()).with(messages, schemaIds))
        .replaceWithVoid();
  }

  /// Inserts messages that were there before, so that the connector finds them in the WAL once
  /// more: their rows, where they still are, are replaced. Batches of republications wait for each
  /// other, until the end of the transaction.
  ///
  /// @param schemaIds id of each message's topic
  public static Uni<Void> insertAgain(
      SqlClient transaction, List<OutboxMessage> messages, Map<String, Integer> schemaIds) {
    if (messages.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    UUID[] ids = messages.stream().map(OutboxMessage::id).toArray(UUID[]::new);
    return transaction
        .preparedQuery(LOCK)
        .execute(Tuple.of(REPUBLICATIONS))
        .flatMap(_ -> transaction.preparedQuery(DELETE).execute(Tuple.of(ids)))
        .flatMap(_ ->
            transaction
                .preparedQuery(INSERT_AGAIN)
                .execute(new Columns(messages.size()).with(messages, schemaIds)))
        .replaceWithVoid();
  }

  private static final class Columns {
    private final UUID[] ids;
    private final String[] topics;
    private final String[] keys;
    private final String[] types;
    private final Buffer[] payloads;
    private final String[] streams;
    private final Long[] revisions;
    private final Long[] positions;
    private final String[] correlations;
    private final String[] causations;
    private final String[] tenants;
    private final String[] traces;
    private final Short[] partitions;

    Columns(int size) {
      ids = new UUID[size];
      topics = new String[size];
      keys = new String[size];
      types = new String[size];
      payloads = new Buffer[size];
      streams = new String[size];
      revisions = new Long[size];
      positions = new Long[size];
      correlations = new String[size];
      causations = new String[size];
      tenants = new String[size];
      traces = new String[size];
      partitions = new Short[size];
    }

    Tuple with(List<OutboxMessage> messages, Map<String, Integer> schemaIds) {
      for (int i = 0; i < messages.size(); i++) {
        put(i, messages.get(i), schemaIds);
      }
      return Tuple.from(
          List.of(
              ids,
              topics,
              keys,
              types,
              payloads,
              streams,
              revisions,
              positions,
              correlations,
              causations,
              tenants,
              traces,
              partitions));
    }

    @SuppressWarnings("NullAway") // a column without a trace holds null
    private void put(int i, OutboxMessage message, Map<String, Integer> schemaIds) {
      RecordedEvent cause = message.cause();
      EventMetadata metadata = cause.metadata();
      ids[i] = message.id();
      topics[i] = message.topic();
      keys[i] = message.key();
      types[i] = message.type();
      payloads[i] =
          Buffer.buffer(ConfluentFraming.frame(schemaIds.get(message.topic()), message.envelope()));
      streams[i] = cause.stream().value();
      revisions[i] = cause.revision();
      positions[i] = cause.position();
      correlations[i] = metadata.correlationId().toString();
      causations[i] = cause.id().toString();
      tenants[i] = metadata.tenant();
      traces[i] = metadata.traceparent();
      partitions[i] = Partition.of(cause.stream().value());
    }
  }
}
