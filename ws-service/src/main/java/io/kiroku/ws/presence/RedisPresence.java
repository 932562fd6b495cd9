package io.kiroku.ws.presence;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Who is connected, over all instances: sorted set `socket:<user>` of connection ids by the time
/// at which they count as gone. An instance that dies is forgotten by itself.
@ApplicationScoped
class RedisPresence {
  private static final Logger LOG = Logger.getLogger(RedisPresence.class);

  private final Vertx vertx;
  private final Redis redis;
  private final PresenceConfig config;
  private final Map<String, String> userByConnection = new ConcurrentHashMap<>();

  RedisPresence(Vertx vertx, Redis redis, PresenceConfig config) {
    this.vertx = vertx;
    this.redis = redis;
    this.config = config;
  }

  void start(@Observes StartupEvent started) {
    vertx.setPeriodic(
        config.refreshEvery().toMillis(),
        _ -> userByConnection.forEach((connection, user) -> write(user, connection)));
  }

  void add(String userId, String connectionId) {
    userByConnection.put(connectionId, userId);
    write(userId, connectionId);
  }

  void remove(String userId, String connectionId) {
    userByConnection.remove(connectionId);
    send(List.of(Request.cmd(Command.ZREM).arg(key(userId)).arg(connectionId)));
  }

  private void write(String userId, String connectionId) {
    Duration expiry = config.expiry();
    long now = System.currentTimeMillis();
    String key = key(userId);
    send(
        List.of(
            Request.cmd(Command.ZADD).arg(key).arg(now + expiry.toMillis()).arg(connectionId),
            Request.cmd(Command.ZREMRANGEBYSCORE).arg(key).arg("-inf").arg(now),
            Request.cmd(Command.PEXPIRE).arg(key).arg(expiry.toMillis())));
  }

  private void send(List<Request> requests) {
    redis
        .batch(requests)
        .onFailure(failure -> LOG.debugf("Presence not written: %s", failure.getMessage()));
  }

  private static String key(String userId) {
    return "socket:" + userId;
  }
}
