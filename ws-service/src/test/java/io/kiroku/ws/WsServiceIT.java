package io.kiroku.ws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.kiroku.proto.job.v1.IssueJobRequest;
import io.kiroku.proto.job.v1.JobServiceGrpc;
import io.kiroku.service.testing.Fulfillments;
import io.kiroku.service.testing.TopicReader;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.build.Jwt;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestPlatform.class)
@SuppressWarnings("NullAway.Init") // the test framework fills the fields
class WsServiceIT {
  private static final Path SELF = Path.of("target/quarkus-app/quarkus-run.jar");
  private static final Duration SOON = TestSocket.SOON;

  KeyPair keys;
  Map<String, String> environment;

  @TestHTTPResource("/ws")
  URI http;

  @Inject Redis redis;
  @Inject MeterRegistry metrics;

  private final String jobId = UUID.randomUUID().toString();
  private URI endpoint;
  private Fulfillments fulfillments;

  @BeforeEach
  void connect() {
    endpoint = socketUri(http.getPort());
    fulfillments = new Fulfillments(environment("KIROKU_KAFKA_BOOTSTRAP"));
  }

  @AfterEach
  void disconnect() {
    fulfillments.close();
  }

  @Test
  void a_handshake_without_a_good_token_is_refused() {
    for (String uri : List.of("", "?access_token=", "?access_token=a.b.c")) {
      assertThatThrownBy(() -> TestSocket.open(URI.create(endpoint + uri), _ -> {}))
          .hasCauseInstanceOf(WebSocketHandshakeException.class)
          .cause()
          .extracting(e -> ((WebSocketHandshakeException) e).getResponse().statusCode())
          .isEqualTo(401);
    }
  }

  @Test
  void the_token_may_come_in_the_query_or_as_a_subprotocol() {
    URI query = URI.create(endpoint + "?access_token=" + token("ada"));
    try (var byQuery = TestSocket.open(query, _ -> {});
        var byProtocol =
            TestSocket.open(
                endpoint,
                handshake -> handshake.subprotocols("kiroku.v1", "bearer." + token("ada")))) {
      for (TestSocket socket : List.of(byQuery, byProtocol)) {
        socket.say("{\"type\":\"ping\"}");
        assertThat(socket.next().path("type").asText()).isEqualTo("pong");
      }
      assertThat(byProtocol.subprotocol()).isEqualTo("kiroku.v1");
    }
  }

  @Test
  void a_job_is_followed_from_its_opening_to_its_end() {
    issue("ada");
    try (var socket = TestSocket.open(endpoint, token("ada"))) {
      socket.subscribe(jobId);
      assertThat(socket.next().path("type").asText()).isEqualTo("subscribed");
      JsonNode snapshot = socket.next();
      assertThat(snapshot.path("type").asText()).isEqualTo("job-snapshot");
      assertThat(snapshot.path("job").path("state").asText()).isEqualTo("ISSUED");
      assertThat(snapshot.path("events")).hasSize(1);

      fulfillments.complete(jobId, "ada");
      List<JsonNode> events = socket.untilTheEnd();
      assertThat(sequences(events)).isEqualTo(range(2, 7));
      JsonNode last = events.getLast();
      assertThat(last.path("state").asText()).isEqualTo("SUCCEEDED");
      assertThat(last.path("consistencyToken").asText()).isEqualTo("token");
      assertThat(last.path("traceId").asText()).isEqualTo(Fulfillments.TRACE_ID);
    }
  }

  @Test
  void a_finished_job_is_shown_and_a_resumed_one_misses_nothing() {
    issue("ada");
    fulfillments.complete(jobId, "ada");
    try (var socket = TestSocket.open(endpoint, token("ada"))) {
      socket.subscribe(jobId);
      List<JsonNode> all = socket.untilTheEnd();
      assertThat(sequences(all)).isEqualTo(range(1, 7));
      assertThat(all.getLast().path("consistencyToken").asText()).isEqualTo("token");

      socket.subscribe(jobId, 4);
      assertThat(sequences(socket.untilTheEnd())).isEqualTo(range(5, 7));
    }
  }

  @Test
  void a_job_may_be_followed_before_it_exists() {
    try (var socket = TestSocket.open(endpoint, token("ada"))) {
      socket.subscribe(jobId);
      socket.next("subscribed");
      issue("ada");
      fulfillments.complete(jobId, "ada");
      assertThat(sequences(socket.untilTheEnd())).isEqualTo(range(1, 7));
    }
  }

  @Test
  void trap_16_nobody_watches_another_users_job() {
    issue("ada");
    try (var eve = TestSocket.open(endpoint, token("eve"));
        var root = TestSocket.open(endpoint, token("root", "admin"))) {
      eve.subscribe(jobId);
      root.subscribe(jobId);
      fulfillments.complete(jobId, "ada");

      assertThat(sequences(root.untilTheEnd())).isEqualTo(range(1, 7));
      assertThat(eve.next().path("type").asText()).isEqualTo("subscribed");
      JsonNode refused = eve.next();
      assertThat(refused.path("code").asText()).isEqualTo("JOB_NOT_FOUND");
      assertThat(refused.path("jobId").asText()).isEqualTo(jobId);
      assertThat(eve.isSilent()).isTrue();
    }
  }

  @Test
  void trap_17_every_instance_reaches_its_sockets_and_says_goodbye() {
    issue("ada");
    try (var second = ServiceProcess.start(SELF, environment);
        var here = TestSocket.open(endpoint, token("ada"));
        var there = TestSocket.open(socketUri(second.port()), token("ada"))) {
      here.subscribe(jobId);
      there.subscribe(jobId);
      fulfillments.complete(jobId, "ada");
      assertThat(sequences(here.untilTheEnd())).isEqualTo(range(1, 7));
      assertThat(sequences(there.untilTheEnd())).isEqualTo(range(1, 7));

      second.close();
      assertThat(there.closeCode()).isEqualTo(1001);
    }
  }

  @Test
  void trap_17_what_kafka_does_not_tell_is_asked_for() {
    issue("ada");
    // The relay may not read: Kafka hears nothing, job-service knows all.
    redis(Request.cmd(Command.create("acl")).arg("SETUSER").arg("default").arg("-xread"));
    try (var socket = TestSocket.open(endpoint, token("ada"))) {
      socket.subscribe(jobId);
      socket.next("job-snapshot");
      fulfillments.complete(jobId, "ada");
      assertThat(sequences(socket.untilTheEnd())).isEqualTo(range(2, 7));
    } finally {
      redis(Request.cmd(Command.create("acl")).arg("SETUSER").arg("default").arg("+xread"));
    }
  }

  @Test
  void nonsense_is_answered_and_the_socket_stays_open() {
    try (var socket = TestSocket.open(endpoint, token("ada"))) {
      socket.say("{");
      assertThat(socket.next().path("code").asText()).isEqualTo("BAD_JSON");
      socket.say("{\"type\":\"dance\"}");
      assertThat(socket.next().path("code").asText()).isEqualTo("UNKNOWN_MESSAGE");
      socket.say("{\"type\":\"subscribe\",\"jobIds\":[\"no\"]}");
      assertThat(socket.next().path("code").asText()).isEqualTo("INVALID_MESSAGE");
      socket.say("{\"type\":\"ping\"}");
      assertThat(socket.next().path("type").asText()).isEqualTo("pong");
    }
  }

  @Test
  void coming_and_going_is_told() {
    String user = "user-" + jobId;
    String bootstrap = environment("KIROKU_KAFKA_BOOTSTRAP");
    try (var socket = TestSocket.open(endpoint, token(user));
        var events = new TopicReader(bootstrap, "kiroku.socket.events")) {
      events.of(user, records -> records.size() == 1);
      await().atMost(SOON).until(() -> present(user) == 1);
      socket.close();
      events.of(user, records -> records.size() == 2);
      await().atMost(SOON).until(() -> present(user) == 0);
    }
  }

  @Test
  void a_client_that_does_not_read_is_closed_and_harms_nobody() {
    issue("ada");
    fulfillments.complete(jobId, "ada");
    try (var deaf = TestSocket.deaf(endpoint, token("ada"));
        var socket = TestSocket.open(endpoint, token("ada"))) {
      for (int i = 0; i < 200_000 && slowlyClosed() == 0; i++) {
        deaf.say("{\"type\":\"nonsense, to be answered\"}");
      }
      await().atMost(SOON).until(() -> slowlyClosed() == 1);
      socket.subscribe(jobId);
      assertThat(sequences(socket.untilTheEnd())).isEqualTo(range(1, 7));
      deaf.read();
      assertThat(deaf.closeCode()).isEqualTo(1013);
    }
  }

  @Test
  void a_socket_does_not_outlive_its_token() {
    String shortLived = sign("ada", Set.of("reader"), Duration.ofSeconds(2));
    try (var socket = TestSocket.open(endpoint, shortLived)) {
      assertThat(socket.closeCode()).isEqualTo(1008);
    }
  }

  private String environment(String name) {
    return Objects.requireNonNull(environment.get(name));
  }

  private double slowlyClosed() {
    return metrics.counter("kiroku.ws.closed.slow").count();
  }

  private long present(String user) {
    Response count = redis(Request.cmd(Command.ZCARD).arg("socket:" + user));
    return Long.parseLong(String.valueOf(count));
  }

  private Response redis(Request request) {
    return redis.send(request).toCompletionStage().toCompletableFuture().join();
  }

  private void issue(String user) {
    int port = Integer.parseInt(environment("KIROKU_JOB_SERVICE_PORT"));
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + token(user));
    var _ =
        JobServiceGrpc.newBlockingStub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
            .issueJob(IssueJobRequest.newBuilder().setJobId(jobId).setKind("place-order").build());
    channel.shutdownNow();
  }

  private String token(String user) {
    return token(user, "writer");
  }

  private String token(String user, String role) {
    return sign(user, Set.of(role), Duration.ofHours(1));
  }

  private String sign(String user, Set<String> roles, Duration lifetime) {
    return Jwt.issuer("https://kiroku.local")
        .subject(user)
        .groups(roles)
        .expiresIn(lifetime)
        .sign(keys.getPrivate());
  }

  private static URI socketUri(int port) {
    return URI.create("ws://127.0.0.1:" + port + "/ws");
  }

  private static List<Long> sequences(List<JsonNode> events) {
    return events.stream().map(event -> event.path("sequence").asLong()).toList();
  }

  private static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }
}
