package io.kiroku.job.relay;

import io.kiroku.job.store.RedisLink;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads outboxes from their beginning over a connection of its own, which it blocks while there is
/// nothing. Not for several threads.
final class OutboxReader implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final RedisConnection connection;
  private final RelayConfig config;
  // Everything before has been sent and deleted, or is being sent.
  private final Map<String, String> positions = new LinkedHashMap<>();

  private OutboxReader(RedisConnection connection, List<String> outboxes, RelayConfig config) {
    this.connection = connection;
    this.config = config;
    outboxes.forEach(outbox -> positions.put(outbox, "0-0"));
  }

  static OutboxReader open(Redis redis, List<String> outboxes, RelayConfig config) {
    RedisConnection connection =
        Uni.createFrom()
            .completionStage(() -> redis.connect().toCompletionStage())
            .await()
            .atMost(GRACE);
    return new OutboxReader(connection, outboxes, config);
  }

  /// What follows the last read; empty if nothing came in time. Fails if Redis is away: entries
  /// that were read and not deleted are found again by a new reader.
  List<OutboxEntry> read() {
    Response answer =
        Uni.createFrom()
            .completionStage(() -> connection.send(request()).toCompletionStage())
            .await()
            .atMost(config.block().plus(GRACE));
    List<OutboxEntry> entries = answer == null ? List.of() : entries(answer);
    entries.forEach(entry -> positions.put(entry.outbox(), entry.id()));
    return entries;
  }

  private Request request() {
    Request read =
        Request.cmd(Command.XREAD)
            .arg("COUNT")
            .arg(config.batchMax())
            .arg("BLOCK")
            .arg(config.block().toMillis())
            .arg("STREAMS");
    positions.keySet().forEach(read::arg);
    positions.values().forEach(read::arg);
    return read;
  }

  private static List<OutboxEntry> entries(Response answer) {
    List<OutboxEntry> entries = new ArrayList<>();
    Set<String> outboxes = answer.getKeys();
    for (String outbox : outboxes) {
      add(entries, outbox, answer.get(outbox));
    }
    if (outboxes.isEmpty()) {
      // The older protocol has a list of pairs here.
      answer.forEach(pair -> add(entries, pair.get(0).toString(), pair.get(1)));
    }
    return entries;
  }

  private static void add(List<OutboxEntry> to, String outbox, @Nullable Response entries) {
    if (entries != null) {
      entries.forEach(entry ->
          to.add(new OutboxEntry(outbox, entry.get(0).toString(), RedisLink.map(entry.get(1)))));
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
