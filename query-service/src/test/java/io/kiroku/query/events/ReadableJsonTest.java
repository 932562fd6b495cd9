package io.kiroku.query.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReadableJsonTest {
  private static String shown(String json) {
    return ReadableJson.of(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void of_a_personal_value_the_person_is_left_wherever_it_stands() {
    String sealed = "{\"person\":\"mika\",\"key\":\"k\",\"nonce\":\"n\",\"cipher\":\"c\"}";
    assertThat(shown("{\"a\":" + sealed + ",\"all\":[{\"b\":" + sealed + "}],\"key\":\"kept\"}"))
        .isEqualTo(
            "{\"a\":{\"person\":\"mika\"},\"all\":[{\"b\":{\"person\":\"mika\"}}],\"key\":\"kept\"}");
  }

  @Test
  void what_takes_money_is_hidden() {
    assertThat(shown("{\"paymentToken\":\"tok_ok\"}")).isEqualTo("{\"paymentToken\":\"hidden\"}");
  }

  @Test
  void what_is_no_json_is_not_shown() {
    assertThat(shown("\u0001")).isEmpty();
  }
}
