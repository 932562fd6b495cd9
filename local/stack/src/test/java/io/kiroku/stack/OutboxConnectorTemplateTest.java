package io.kiroku.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutboxConnectorTemplateTest {
  private static final Map<String, String> VALUES =
      Map.of(
          "DATABASE_HOST", "db",
          "DATABASE_PORT", "5432",
          "DATABASE_USER", "replicator",
          "DATABASE_PASSWORD", "a\"b\\c",
          "DATABASE_NAME", "kiroku",
          "REPLICATION_FACTOR", "3");

  @Test
  void everyPlaceIsFilledEvenWithAPasswordFullOfQuotes() throws Exception {
    JsonNode config = config(VALUES);
    assertThat(config.path("database.password").asText()).isEqualTo("a\"b\\c");
    assertThat(config.path("topic.creation.default.replication.factor").asText()).isEqualTo("3");
    config
        .properties()
        .forEach(s -> assertThat(s.getValue().asText()).as(s.getKey()).doesNotMatch("@[A-Z_]+@"));
  }

  @Test
  void onlyPlacesAreFilled() throws Exception {
    Map<String, String> other = new HashMap<>(VALUES);
    other.put("DATABASE_NAME", "other");
    assertThat(config(other).path("transforms.outbox.route.topic.replacement").asText())
        .isEqualTo("${routedByValue}");
    assertThat(config(other).path("database.dbname").asText()).isEqualTo("other");
  }

  @Test
  void trap22NoSagaStepWaitsForADefaultPollIntervalOfHalfASecond() throws Exception {
    // The first row wakes the connector; the interval only paces the reading of the log.
    assertThat(config(VALUES).path("max.batch.size").asInt()).isEqualTo(1);
    assertThat(config(VALUES).path("poll.interval.ms").asInt()).isLessThanOrEqualTo(10);
  }

  private static JsonNode config(Map<String, String> values) throws Exception {
    return new JsonMapper().readTree(OutboxConnectorTemplate.render(values));
  }
}
