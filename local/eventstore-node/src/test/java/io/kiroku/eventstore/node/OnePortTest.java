package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.CreatePersistentSubscriptionToStreamOptions;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.PersistentSubscription;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/// Clients of both protocols at the same time.
final class OnePortTest extends NodeTest {
  OnePortTest() {
    super(Kind.MEMORY);
  }

  @Test
  void trap_19_the_port_of_grpc_answers_http_1_1() throws Exception {
    assertThat(statistics().get("checksum").getAsLong()).isEqualTo(node.end());
    append("s", ExpectedRevision.noStream(), events(3));
    assertThat(statistics().get("checksum").getAsLong()).isEqualTo(node.end());
    assertThat(read("s")).hasSize(3);
  }

  @Test
  void statistics_count_open_subscriptions_and_consumers() throws Exception {
    assertThat(count("subscriptions")).isZero();
    var subscription =
        result(client.subscribeToStream("s", new Heard(), SubscribeToStreamOptions.get()));
    result(groups.createToStream("s", "g", CreatePersistentSubscriptionToStreamOptions.get()));
    PersistentSubscription consumer =
        result(groups.subscribeToStream("s", "g", new Consumed(Consumed.Answer.ACK)));
    assertThat(count("subscriptions")).isEqualTo(1);
    assertThat(count("persistentSubscriptions")).isEqualTo(1);
    await().untilAsserted(() -> assertThat(count("persistentSubscriptionConsumers")).isOne());

    subscription.stop();
    consumer.stop();
    await().untilAsserted(() -> assertThat(count("subscriptions")).isZero());
    await().untilAsserted(() -> assertThat(count("persistentSubscriptionConsumers")).isZero());
    assertThat(count("persistentSubscriptions")).isEqualTo(1);
  }

  private int count(String figure) throws Exception {
    return statistics().getAsJsonObject("node").get(figure).getAsInt();
  }

  private JsonObject statistics() throws Exception {
    URI address = URI.create("http://%s:%d/stats".formatted(node.host(), node.port()));
    try (HttpClient http = HttpClient.newHttpClient()) { // asks for an upgrade to HTTP/2, in vain
      String body =
          http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
      return JsonParser.parseString(body).getAsJsonObject().getAsJsonObject("es");
    }
  }
}
