package io.kiroku.job.relay;

import io.kiroku.job.store.RedisLink;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Who empties some outboxes now. Two at a time would only send things twice and out of order,
/// which readers put right by the sequence: so this keeps order, no truth depends on it.
final class RelayLease {
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final String EXTEND =
      "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('PEXPIRE', KEYS[1], ARGV[2]) or 0";
  private static final String RELEASE =
      "return redis.call('GET', KEYS[1]) == ARGV[1] and redis.call('DEL', KEYS[1]) or 0";

  private final RedisLink redis;
  private final String key;
  private final Duration length;
  private final String holder = UUID.randomUUID().toString();

  /// @param outbox the first of those that this is about
  RelayLease(RedisLink redis, String outbox, Duration length) {
    this.redis = redis;
    this.key = outbox + ":lease";
    this.length = length;
  }

  /// Takes it if nobody has it, extends it if it is ours; false if somebody else has it.
  boolean holdOn() {
    String millis = Long.toString(length.toMillis());
    Response extended =
        ask(Request.cmd(Command.EVAL).arg(EXTEND).arg(1).arg(key).arg(holder).arg(millis));
    if (extended != null && extended.toString().equals("1")) {
      return true;
    }
    Request take = Request.cmd(Command.SET).arg(key).arg(holder).arg("NX").arg("PX").arg(millis);
    return ask(take) != null;
  }

  void release() {
    ask(Request.cmd(Command.EVAL).arg(RELEASE).arg(1).arg(key).arg(holder));
  }

  private @Nullable Response ask(Request request) {
    return redis.send(request).await().atMost(ANSWER);
  }
}
