package io.kiroku.service.kafka;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/// Ids of the schemas that our messages are written with. Each is asked for until the registry
/// answers, and then kept for the life of the process: ids do not change.
@ApplicationScoped
public class SchemaIds {
  private static final Logger LOG = Logger.getLogger(SchemaIds.class);

  private final Vertx vertx;
  private final SchemaRegistryConfig config;
  private final Map<String, Uni<Integer>> asked = new ConcurrentHashMap<>();
  private final Map<String, Integer> known = new ConcurrentHashMap<>();

  SchemaIds(Vertx vertx, SchemaRegistryConfig config) {
    this.vertx = vertx;
    this.config = config;
  }

  void askForAll(@Observes StartupEvent started) {
    for (String topic : config.topics().orElse(List.of())) {
      of(topic).subscribe().with(id -> LOG.debugf("Schema of %s-value is %d", topic, id));
    }
  }

  /// Id of the latest schema of subject `<topic>-value`. Never fails: waits until it is known.
  public Uni<Integer> of(String topic) {
    return asked.computeIfAbsent(topic, this::askUntilAnswered);
  }

  /// What is known by now, by topic; a topic asked for and not yet answered has no entry.
  Map<String, Integer> known() {
    return Map.copyOf(known);
  }

  /// How many topics were asked for.
  int asked() {
    return asked.size();
  }

  private Uni<Integer> askUntilAnswered(String topic) {
    HttpClient client = vertx.createHttpClient();
    return Uni.createFrom()
        .completionStage(() -> ask(client, topic))
        .onFailure()
        .invoke(why -> LOG.warnf("No schema id of %s-value yet: %s", topic, why.getMessage()))
        .onFailure()
        .retry()
        .withBackOff(config.retryFirst(), config.retryAtMost())
        .indefinitely()
        .invoke(id -> known.put(topic, id))
        .onTermination()
        .invoke(() -> client.close())
        .memoize()
        .indefinitely();
  }

  private java.util.concurrent.CompletionStage<Integer> ask(HttpClient client, String topic) {
    String path = "/subjects/" + topic + "-value/versions/latest";
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(config.url().toString().replaceAll("/+$", "") + path)
            .setTimeout(config.timeout().toMillis());
    return client
        .request(request)
        .compose(sent -> sent.send())
        .compose(answer -> answer.body().map(body -> id(answer, body.toString())))
        .toCompletionStage();
  }

  private static int id(HttpClientResponse answer, String body) {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException("the registry answered " + answer.statusCode());
    }
    Integer id = new JsonObject(body).getInteger("id");
    if (id == null) {
      throw new IllegalStateException("the registry's answer has no id");
    }
    return id;
  }
}
