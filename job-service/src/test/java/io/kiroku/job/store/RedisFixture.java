package io.kiroku.job.store;

import io.kiroku.service.testing.TestRedis;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The store over a Redis of its own.
final class RedisFixture implements AutoCloseable {
  static final Duration EXPIRY = Duration.ofHours(24);
  static final Duration SOON = Duration.ofSeconds(10);

  private final TestRedis server = TestRedis.start();
  private final Vertx vertx = Vertx.vertx();
  final Redis client =
      Redis.createClient(
          vertx,
          new RedisOptions()
              .setConnectionString(server.url())
              .setMaxPoolSize(8)
              .setMaxPoolWaiting(1000));
  final RedisLink link = new RedisLink(client);
  private final ChangeScript script = new ChangeScript(Clock.systemUTC(), EXPIRY);
  final RedisJobs jobs = new RedisJobs(link, script);
  final ChangeBatches batches = new ChangeBatches(link, script);

  Changed change(JobChange change) {
    return jobs.change(change).await().atMost(SOON);
  }

  List<RefusedChange> apply(List<? extends JobChange> changes) {
    return batches.apply(changes).await().atMost(SOON);
  }

  JobHistory history(String jobId, long after) {
    return jobs.history(jobId, after).await().atMost(SOON).orElseThrow();
  }

  /// A job's entries in its shard's outbox, in order.
  List<Map<String, String>> outbox(String jobId) {
    List<Map<String, String>> entries = new ArrayList<>();
    Response all =
        ask(Request.cmd(Command.XRANGE).arg(JobKeys.of(jobId).outbox()).arg("-").arg("+"));
    if (all != null) {
      all.forEach(entry -> entries.add(RedisLink.map(entry.get(1))));
    }
    entries.removeIf(entry -> !jobId.equals(entry.get("job")));
    return entries;
  }

  Duration timeToLive(String key) {
    Response answer = ask(Request.cmd(Command.PTTL).arg(key));
    return Duration.ofMillis(Long.parseLong(String.valueOf(answer)));
  }

  @Nullable Response ask(Request request) {
    return link.send(request).await().atMost(SOON);
  }

  @Override
  public void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    server.close();
  }
}
