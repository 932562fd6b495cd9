package io.kiroku.command.personalkeys;

import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.StateCache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keys of persons in table `person_key`. Each [Uni] fails with [PersonKeysUnavailable] if
/// PostgreSQL does not answer.
final class PostgresPersonKeys implements PersonKeys {
  private static final int CACHED_MOST = 10_000;
  // An erased key is forgotten here too, at the latest after this time.
  private static final Duration CACHED_FOR = Duration.ofMinutes(1);
  private static final String FIND =
      "SELECT wrapped_key FROM person_key WHERE tenant = $1 AND person = $2";
  private static final String INSERT =
      "INSERT INTO person_key (tenant, person, wrapped_key) VALUES ($1, $2, $3)"
          + " ON CONFLICT DO NOTHING";
  private static final String ERASE =
      "UPDATE person_key SET wrapped_key = NULL, erased_at = coalesce(erased_at, now())"
          + " WHERE tenant = $1 AND person = $2 RETURNING created_at, erased_at";

  private final Pool pool;
  private final MasterKey master;
  private final Duration statesCachedMost;
  private final StateCache<Person, Cached> cache = new StateCache<>(CACHED_MOST);

  /// @param statesCachedMost how long what was read with a key may stay in memory
  PostgresPersonKeys(Pool pool, MasterKey master, Duration statesCachedMost) {
    this.pool = pool;
    this.master = master;
    this.statesCachedMost = statesCachedMost;
  }

  private record Person(String tenant, String id) {}

  private record Cached(Optional<byte[]> key, long untilNanos) {}

  @Override
  public Uni<Optional<byte[]>> find(String tenant, String person) {
    return Uni.createFrom()
        .deferred(() -> {
          Person whose = new Person(tenant, person);
          Optional<byte[]> cached = cached(whose);
          return cached.isPresent()
              ? Uni.createFrom().item(cached)
              : row(whose).map(row -> unwrapped(whose, row));
        });
  }

  @Override
  public Uni<byte[]> obtain(String tenant, String person) {
    Person whose = new Person(tenant, person);
    return find(tenant, person)
        .flatMap(found ->
            found.isPresent()
                ? Uni.createFrom().item(found.get())
                : insertNew(whose)
                    .flatMap(_ -> row(whose))
                    .map(row -> unwrapped(whose, row).orElseThrow(PersonErased::new)));
  }

  /// Destroys a key for good; empty if the person never had one. Doing it again changes nothing.
  Uni<Optional<Erasure>> erase(String tenant, String person) {
    return pool.preparedQuery(ERASE)
        .execute(Tuple.of(tenant, person))
        .onFailure()
        .transform(PersonKeysUnavailable::new)
        .invoke(() -> cache.remove(new Person(tenant, person)))
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(erasure(rows)));
  }

  private Erasure erasure(RowSet<Row> rows) {
    Row row = rows.iterator().next();
    Instant erasedAt = row.getOffsetDateTime(1).toInstant();
    return new Erasure(
        row.getOffsetDateTime(0).toInstant(),
        erasedAt,
        erasedAt.plus(CACHED_FOR).plus(statesCachedMost));
  }

  private Optional<byte[]> cached(Person whose) {
    Cached cached = cache.get(whose);
    return cached == null || cached.untilNanos() - System.nanoTime() < 0
        ? Optional.empty()
        : cached.key();
  }

  /// Whoever is second finds the first one's key afterwards.
  private Uni<Void> insertNew(Person whose) {
    byte[] wrapped = master.wrap(whose.tenant(), whose.id(), master.newKey());
    return pool.preparedQuery(INSERT)
        .execute(Tuple.of(whose.tenant(), whose.id(), Buffer.buffer(wrapped)))
        .onFailure()
        .transform(PersonKeysUnavailable::new)
        .replaceWithVoid();
  }

  private Uni<RowSet<Row>> row(Person whose) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(whose.tenant(), whose.id()))
        .onFailure()
        .transform(PersonKeysUnavailable::new);
  }

  private Optional<byte[]> unwrapped(Person whose, RowSet<Row> rows) {
    var row = rows.iterator();
    @Nullable Buffer wrapped = row.hasNext() ? row.next().getDelegate().getBuffer(0) : null;
    if (wrapped == null) {
      return Optional.empty();
    }
    byte[] key = master.unwrap(whose.tenant(), whose.id(), wrapped.getBytes());
    Optional<byte[]> found = Optional.of(key);
    cache.put(whose, new Cached(found, System.nanoTime() + CACHED_FOR.toNanos()), 1);
    return found;
  }
}
