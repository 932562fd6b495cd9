package io.kiroku.launcher.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/// What the simulated payment provider says about itself.
public record ProviderBook(PortPlan ports) {
  private static final JsonMapper JSON = new JsonMapper();

  /// What it took and did not give back, in minor units by order id.
  ///
  /// @throws UncheckedIOException if it cannot be reached
  public Map<String, Long> kept() {
    URI statement = URI.create("http://" + ports.address(Port.PROVIDERS) + "/v1/statement");
    try (InputStream answer = statement.toURL().openStream()) {
      Map<String, Long> kept = new HashMap<>();
      for (JsonNode payment : JSON.readTree(answer).path("payments")) {
        long left = payment.path("captured").asLong() - payment.path("refunded").asLong();
        kept.merge(payment.path("order").asText(), left, Long::sum);
      }
      return kept;
    } catch (IOException unreachable) {
      throw new UncheckedIOException("the payment provider does not answer", unreachable);
    }
  }
}
