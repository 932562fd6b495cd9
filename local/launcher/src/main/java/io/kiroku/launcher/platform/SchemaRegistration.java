package io.kiroku.launcher.platform;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Registers the contract of every topic under `<topic>-value` and sets the subject's
/// compatibility, as a deployment does in production. Repeating it changes nothing.
final class SchemaRegistration {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";

  /// Longer than the first request to a registry that has just started takes.
  private static final Duration BOUND = Duration.ofSeconds(10);

  /// A registry whose database has just been killed has lost an answer before.
  private static final int ATTEMPTS = 3;

  private final String registry;

  SchemaRegistration(String registry) {
    this.registry = registry;
  }

  void register() throws IOException, InterruptedException {
    for (Topic topic : Topic.all()) {
      if (topic.schema().isPresent()) {
        register(topic.name() + "-value", read(topic.schema().get()));
      }
    }
  }

  private void register(String subject, String schema) throws IOException, InterruptedException {
    Map<String, String> version = Map.of("schemaType", "PROTOBUF", "schema", schema);
    send("POST", "/subjects/" + subject + "/versions", version);
    send("PUT", "/config/" + subject, Map.of("compatibility", "BACKWARD_TRANSITIVE"));
  }

  private static String read(String file) throws IOException {
    try (InputStream in = SchemaRegistration.class.getResourceAsStream("/" + file)) {
      if (in == null) {
        throw new PlatformException("the contracts lack " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void send(String method, String path, Map<String, String> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(registry + path))
            .timeout(BOUND)
            .header("Content-Type", CONTENT_TYPE)
            .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    HttpResponse<String> answer = answer(request, ATTEMPTS);
    if (answer.statusCode() / 100 != 2) {
      throw new PlatformException(
          "the schema registry refused %s %s: %d %s"
              .formatted(method, path, answer.statusCode(), answer.body()));
    }
  }

  /// All requests say how things are to be, so they may be repeated.
  private static HttpResponse<String> answer(HttpRequest request, int attempts)
      throws IOException, InterruptedException {
    try {
      return Probe.Clients.HTTP.send(request, BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      if (attempts == 1) {
        throw e;
      }
      return answer(request, attempts - 1);
    }
  }
}
