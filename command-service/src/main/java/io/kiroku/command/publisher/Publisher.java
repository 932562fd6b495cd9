package io.kiroku.command.publisher;

import io.kiroku.command.logconsumer.Lease;
import io.kiroku.command.logconsumer.Leases;
import io.kiroku.command.logconsumer.LogWork;
import io.kiroku.command.logconsumer.UnreadableEvent;
import io.kiroku.command.outbox.OutboxTable;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.UndecodableEvent;
import io.kiroku.eventstore.UnknownEventType;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Writes what the log says into PostgreSQL, once: all rows of a batch and the checkpoint are one
/// transaction. Batches grow by themselves: one is whatever arrived while the last one committed.
public final class Publisher implements LogWork {
  public static final String CONSUMER = "publisher";
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);

  private final Pool pool;
  private final Leases leases;
  private final Publications publications;
  private final Function<String, Uni<Integer>> registry;
  private final OutboxTending tending;
  private final Map<String, Integer> schemaIds = new HashMap<>();

  /// @param registry the id of a topic's schema
  Publisher(
      Pool pool,
      Leases leases,
      Publications publications,
      Function<String, Uni<Integer>> registry,
      OutboxTending tending) {
    this.pool = pool;
    this.leases = leases;
    this.publications = publications;
    this.registry = registry;
    this.tending = tending;
  }

  @Override
  public String consumer() {
    return CONSUMER;
  }

  /// Everything: what nobody owns is passed over here, and the checkpoint reaches the log's end.
  @Override
  public Set<String> streamPrefixes() {
    return Set.of();
  }

  /// Waits for the schema ids: without them nothing can be published, and they never change.
  @Override
  public void begin(Lease lease) {
    for (String topic : Topics.ALL) {
      if (!schemaIds.containsKey(topic)) {
        schemaIds.put(topic, registry.apply(topic).await().atMost(ANSWER_MOST));
      }
    }
  }

  /// Fails with [UnreadableEvent] at an event of ours that cannot be read, when everything before
  /// it is published: it is not passed over, or the world would never hear of it.
  @Override
  public Lease handle(LogBatch batch, Lease lease) {
    try {
      return publish(batch, lease);
    } catch (UnknownEventType | UndecodableEvent unreadable) {
      List<RecordedEvent> before = batch.events().stream().takeWhile(this::isReadable).toList();
      if (!before.isEmpty()) {
        var _ = publish(new LogBatch(before, before.getLast().position()), lease);
      }
      throw new UnreadableEvent(batch.events().get(before.size()), unreadable);
    }
  }

  private boolean isReadable(RecordedEvent event) {
    try {
      var _ = publications.of(List.of(event)).await().atMost(ANSWER_MOST);
      return true;
    } catch (UnknownEventType | UndecodableEvent _) {
      return false;
    }
  }

  private Lease publish(LogBatch batch, Lease lease) {
    Publication publication = publications.of(batch.events()).await().atMost(ANSWER_MOST);
    return pool.withTransaction(
            transaction -> write(publication, lease, batch.position(), transaction))
        .await()
        .atMost(ANSWER_MOST);
  }

  /// The lease comes first: its row stays locked until the commit, and a lost one costs nothing.
  /// All statements are sent without waiting for each other's answers.
  private Uni<Lease> write(
      Publication publication, Lease lease, long position, SqlClient transaction) {
    List<Uni<?>> statements = new ArrayList<>();
    statements.add(leases.advance(transaction, lease, position));
    statements.add(OutboxTable.insert(transaction, publication.messages(), schemaIds));
    statements.addAll(publication.rowWrites(transaction));
    return Uni.combine().all().unis(statements).discardItems().replaceWith(lease.at(position));
  }

  @Override
  public Lease tick(Lease lease) {
    tending.tick(lease.checkpoint());
    return lease;
  }
}
