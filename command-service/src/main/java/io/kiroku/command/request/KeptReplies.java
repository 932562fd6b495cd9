package io.kiroku.command.request;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.proto.commands.v1.CommandReply;
import io.kiroku.service.error.Errors;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/// Answers to messages, in table `command_reply`. What was accepted could be told again from the
/// log; a refusal, decided afresh, might be none any more.
///
/// Each [Uni] fails with `UNAVAILABLE` if PostgreSQL does not answer.
@Singleton
class KeptReplies {
  private static final Logger LOG = Logger.getLogger(KeptReplies.class);
  private static final Duration FORGET_EVERY = Duration.ofHours(1);
  private static final String FIND = "SELECT reply FROM command_reply WHERE id = $1";
  // The update changes nothing: a conflict has to return the row, too.
  private static final String KEEP =
      "INSERT INTO command_reply AS kept (id, reply) VALUES ($1, $2)"
          + " ON CONFLICT (id) DO UPDATE SET id = kept.id RETURNING reply";
  private static final String FORGET = "DELETE FROM command_reply WHERE kept_at < $1";

  private final Pool pool;
  private final RequestConfig config;
  private final AtomicLong forgotNanos = new AtomicLong(System.nanoTime());

  KeptReplies(Pool pool, RequestConfig config) {
    this.pool = pool;
    this.config = config;
  }

  Uni<Optional<CommandReply>> find(UUID id) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(id))
        .onFailure()
        .transform(KeptReplies::away)
        .map(KeptReplies::reply);
  }

  /// The answer that counts: the one that was kept first.
  Uni<CommandReply> keep(UUID id, CommandReply reply) {
    return pool.preparedQuery(KEEP)
        .execute(Tuple.of(id, Buffer.buffer(reply.toByteArray())))
        .onFailure()
        .transform(KeptReplies::away)
        .map(rows -> reply(rows).orElseThrow())
        .invoke(this::forgetSometimes);
  }

  private void forgetSometimes() {
    long last = forgotNanos.get();
    long now = System.nanoTime();
    if (now - last > FORGET_EVERY.toNanos() && forgotNanos.compareAndSet(last, now)) {
      var _ =
          forgetOld()
              .subscribe()
              .with(
                  count -> LOG.debugf("%d replies forgotten", count),
                  failure -> LOG.warnf("replies: not forgotten: %s", failure));
    }
  }

  /// How many went.
  Uni<Integer> forgetOld() {
    var before = OffsetDateTime.now(ZoneOffset.UTC).minus(config.repliesKept());
    return pool.preparedQuery(FORGET).execute(Tuple.of(before)).map(RowSet::rowCount);
  }

  private static Optional<CommandReply> reply(RowSet<Row> rows) {
    RowIterator<Row> found = rows.iterator();
    try {
      return found.hasNext()
          ? Optional.of(CommandReply.parseFrom(found.next().getDelegate().getBuffer(0).getBytes()))
          : Optional.empty();
    } catch (InvalidProtocolBufferException damaged) {
      throw new IllegalStateException("command_reply", damaged);
    }
  }

  private static RuntimeException away(Throwable failure) {
    LOG.warnf("replies: %s", failure);
    return Errors.unavailable("The database does not answer.");
  }
}
