package io.kiroku.query.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;

/// Data of events as they may be shown: without what only who has a person's key may read, and
/// without what lets its bearer take money. Of a personal value the person is left, as of one that
/// was erased. Works on events of any version, also those that nobody here knows.
final class ReadableJson {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String PERSON = "person";
  private static final Set<String> SEALED = Set.of("key", "nonce", "cipher");
  private static final Set<String> SECRETS = Set.of("paymentToken");

  private ReadableJson() {}

  /// Empty for what is no JSON.
  static String of(byte[] data) {
    try {
      JsonNode tree = JSON.readTree(data);
      show(tree);
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      return "";
    } catch (IOException e) {
      throw new IllegalStateException("Bytes in memory cannot be read", e);
    }
  }

  private static void show(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.path(PERSON).isTextual()) {
        object.remove(SEALED);
      }
      SECRETS.stream().filter(object::has).forEach(secret -> object.put(secret, "hidden"));
    }
    node.forEach(ReadableJson::show);
  }
}
