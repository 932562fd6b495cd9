package io.kiroku.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kiroku.launcher.platform.Port;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/// Which command service leads, as the services themselves tell it.
record Leadership(RunningPlatform platform) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);
  private static final List<String> CONSUMERS = List.of("publisher", "saga-runner");

  /// Nothing measured here is asserted more tightly than this: machines are slow at times.
  private static final Duration TAKEOVER_MAX = Duration.ofSeconds(60);

  static final String FIRST = "command-service";
  static final String SECOND = "command-service-2";

  /// Waits until one of the two leads publisher and saga runner.
  void awaitLeader(String part) {
    await().atMost(TAKEOVER_MAX).ignoreExceptions().until(() -> leads(part));
  }

  /// How long it takes until `part` leads both, from now.
  Duration timeToTakeOver(String part) {
    long begin = System.nanoTime();
    await()
        .atMost(TAKEOVER_MAX)
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptions()
        .until(() -> leads(part));
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private boolean leads(String part) throws IOException, InterruptedException {
    Port port = part.equals(FIRST) ? Port.COMMAND_SERVICE : Port.COMMAND_SERVICE_2;
    String address = platform.parts().ports().address(port);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + address + "/q/health/ready"))
            .timeout(ANSWER_MAX)
            .build();
    JsonNode health = JSON.readTree(platform.http().send(request, BodyHandlers.ofString()).body());
    for (JsonNode check : health.path("checks")) {
      if (check.path("name").asText().equals("log-consumers")) {
        return CONSUMERS.stream()
            .allMatch(name -> check.path("data").path(name).asText().startsWith("Leading"));
      }
    }
    return false;
  }
}
