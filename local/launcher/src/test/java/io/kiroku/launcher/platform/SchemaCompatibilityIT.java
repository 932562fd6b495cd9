package io.kiroku.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A real registry accepts today's contracts after every released one, and no other change.
class SchemaCompatibilityIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path RELEASED = Layout.findRoot().resolve("proto/released");

  @TempDir static Path data;

  private static Platform platform;

  @BeforeAll
  static void start() {
    platform = new Platform(new Layout(Layout.findRoot(), data), PortPlan.free());
    platform.start(List.of("postgres", "registry"), new PrintedProgress());
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  /// One per contract: dead letters have that of their topic.
  static Stream<String> contracts() {
    return Topic.all().stream().flatMap(topic -> topic.schema().stream()).distinct();
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void todaysContractFollowsEveryReleasedOne(String contract) throws Exception {
    String subject = freshSubject();
    for (String released : released(contract)) {
      assertThat(register(subject, released).statusCode()).isEqualTo(200);
    }
    HttpResponse<String> answer = register(subject, today(contract));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void aFieldThatChangesItsTypeIsRefused() throws Exception {
    String contract = "kiroku/inventory/v1/inventory_events.proto";
    String subject = freshSubject();
    assertThat(register(subject, today(contract)).statusCode()).isEqualTo(200);
    String changed = today(contract).replace("int64 quantity = 2;", "string quantity = 2;");
    assertThat(changed).isNotEqualTo(today(contract));
    assertThat(register(subject, changed).statusCode()).isEqualTo(409);
  }

  /// Not only the latest one counts.
  @Test
  void whatComesBackWithAnotherTypeAfterAReleaseWithoutItIsRefused() throws Exception {
    String subject = freshSubject();
    String head = "syntax = \"proto3\"; package kiroku.test.v1; message Thing { string id = 1; ";
    assertThat(register(subject, head + "int64 count = 2; }").statusCode()).isEqualTo(200);
    assertThat(register(subject, head + "reserved 2; reserved \"count\"; }").statusCode())
        .isEqualTo(200);
    assertThat(register(subject, head + "string count = 2; }").statusCode()).isEqualTo(409);
  }

  private static String freshSubject() {
    return "released-" + UUID.randomUUID() + "-value";
  }

  private static List<String> released(String contract) throws IOException {
    String file = Path.of(contract).getFileName().toString();
    try (Stream<Path> releases = Files.list(RELEASED)) {
      return releases
          .filter(Files::isDirectory)
          .sorted()
          .map(release -> release.resolve(file))
          .filter(Files::exists)
          .map(SchemaCompatibilityIT::text)
          .toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String today(String contract) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(SchemaCompatibilityIT.class.getResourceAsStream("/" + contract))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static HttpResponse<String> register(String subject, String schema)
      throws IOException, InterruptedException {
    var answer =
        send(
            "POST",
            "/subjects/" + subject + "/versions",
            Map.of("schemaType", "PROTOBUF", "schema", schema));
    // As a deployment does; a subject can be set up once it is there.
    var _ = send("PUT", "/config/" + subject, Map.of("compatibility", "BACKWARD_TRANSITIVE"));
    return answer;
  }

  private static HttpResponse<String> send(String method, String path, Map<String, String> body)
      throws IOException, InterruptedException {
    URI address = URI.create(InfrastructureParts.registryUrl(platform.ports()) + path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(20))
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build();
    return Probe.Clients.HTTP.send(request, BodyHandlers.ofString());
  }
}
