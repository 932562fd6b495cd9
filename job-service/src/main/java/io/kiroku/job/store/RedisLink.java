package io.kiroku.job.store;

import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Redis as `Uni`s. Commands of one batch go to Redis together and are carried out in their order.
public final class RedisLink {
  private final Redis redis;

  public RedisLink(Redis redis) {
    this.redis = redis;
  }

  /// The answer is null if Redis answers nil.
  public Uni<@Nullable Response> send(Request request) {
    return Uni.createFrom().completionStage(() -> redis.send(request).toCompletionStage());
  }

  /// Fails with the first failure; the other commands may have been carried out.
  public Uni<List<@Nullable Response>> batch(List<Request> requests) {
    return Uni.createFrom().completionStage(() -> redis.batch(requests).toCompletionStage());
  }

  /// Names and values, whether they come as a map or as a list in turns.
  public static Map<String, String> map(@Nullable Response response) {
    Map<String, String> map = new HashMap<>();
    if (response != null) {
      for (String name : response.getKeys()) {
        map.put(name, response.get(name).toString());
      }
    }
    return map;
  }

  /// Redis knows no script of that digest. A batch fails with all its errors in one text.
  static boolean isUnknownScript(Throwable failure) {
    return message(failure).contains("NOSCRIPT");
  }

  /// The same command will always fail: a key of another type, or a fault of the script's own.
  /// Whatever a server says for the time being (loading, out of memory, read-only) is not final.
  static boolean isFinal(Throwable failure) {
    String message = message(failure);
    boolean ofScript = message.contains("user_script") || message.contains("WRONGTYPE");
    return ofScript && TEMPORARY.stream().noneMatch(message::contains);
  }

  private static final List<String> TEMPORARY =
      List.of("OOM ", "READONLY", "MISCONF", "NOREPLICAS", "CLUSTERDOWN", "LOADING", "BUSY ");

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? "" : message;
  }
}
