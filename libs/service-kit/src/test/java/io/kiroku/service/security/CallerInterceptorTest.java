package io.kiroku.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.kiroku.proto.ordering.v1.OrderingServiceGrpc;
import io.kiroku.proto.ordering.v1.OrderingServiceGrpc.OrderingServiceBlockingStub;
import io.kiroku.proto.ordering.v1.PlaceOrderRequest;
import io.kiroku.proto.ordering.v1.PlaceOrderResponse;
import io.kiroku.service.error.Problem;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// On the port that gRPC shares with health and metrics.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(TestKeys.class)
class CallerInterceptorTest {
  private static final String TRACEPARENT =
      "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @TestHTTPResource URI http;
  KeyPair ours;

  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress(http.getHost(), http.getPort()).usePlaintext().build();
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void a_good_token_makes_the_caller_known() {
    PlaceOrderResponse answer =
        place(new RequestContext(Caller.ANONYMOUS, good("mika", "writer"), "key-1", null), "");

    assertThat(answer.getOrderId()).isEqualTo("mika");
    assertThat(answer.getJobId()).isEqualTo("default2");
    assertThat(answer.getCurrency()).isEqualTo("key-1");
  }

  @Test
  void concurrent_calls_do_not_see_each_other() {
    List<String> users = IntStream.range(0, 40).mapToObj(i -> "user-" + i).toList();

    List<String> seen =
        users.parallelStream().map(user -> place(bearer(good(user)), "").getOrderId()).toList();

    assertThat(seen).isEqualTo(users);
  }

  @Test
  void without_a_token_the_caller_is_anonymous() {
    assertThat(place(RequestContext.NONE, "").getOrderId()).isEmpty();
  }

  @Test
  void bad_tokens_go_no_further() {
    String expired =
        TestKeys.claims("mika")
            .expiresAt(Instant.now().minusSeconds(3600))
            .jws()
            .sign(ours.getPrivate());
    String otherIssuer =
        TestKeys.claims("mika").issuer("https://elsewhere").jws().sign(ours.getPrivate());
    String otherKey = TestKeys.claims("mika").jws().sign(TestKeys.pair().getPrivate());
    for (String bad : List.of("rubbish", "a.b.c", expired, otherIssuer, otherKey)) {
      Problem problem = refused(bearer(bad), "");

      assertThat(problem.httpStatus()).as(bad).isEqualTo(401);
      assertThat(problem.code()).isEqualTo("UNAUTHENTICATED");
    }
  }

  @Test
  void roles_are_asked_for_by_name() {
    assertThat(refused(RequestContext.NONE, "writer").httpStatus()).isEqualTo(401);
    assertThat(refused(bearer(good("mika", "reader")), "writer").httpStatus()).isEqualTo(403);
    assertThat(place(bearer(good("mika", "admin")), "writer").getJobId()).isEqualTo("default3");
  }

  @Test
  void the_token_of_consistency_comes_as_a_trailer() {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();

    var _ =
        bearer(good("mika"))
            .attachTo(stub())
            .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
            .placeOrder(PlaceOrderRequest.getDefaultInstance());

    assertThat(trailers.get().get(CallMetadata.CONSISTENCY_TOKEN)).isEqualTo("token-of-mika");
  }

  @Test
  void a_failure_tells_its_code_and_a_bug_tells_nothing() {
    assertThat(refused(RequestContext.NONE, "refuse").violations().getFirst().path())
        .isEqualTo("items[0].quantity");
    assertThat(refused(RequestContext.NONE, "down").httpStatus()).isEqualTo(503);
    for (String bug : List.of("throw", "fail")) {
      StatusRuntimeException failure = failure(bearer(good("mika")), bug);

      assertThat(Problem.from(failure).code()).isEqualTo("INTERNAL");
      assertThat(failure.getStatus().getDescription()).doesNotContain("secret");
      assertThat(failure.getTrailers().keys()).doesNotContain("authorization");
    }
  }

  @Test
  void a_trace_that_the_caller_began_goes_on() {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER), TRACEPARENT);

    PlaceOrderResponse answer =
        stub()
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
            .placeOrder(PlaceOrderRequest.getDefaultInstance());

    assertThat(answer.getConsistencyToken()).startsWith("00-4bf92f3577b34da6a3ce929d0e0e4736-");
  }

  @Test
  void health_and_metrics_are_on_the_same_port() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/q/health/ready", "/q/health", "/q/metrics")) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(http.resolve(path)).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).as(path).isEqualTo(200);
      }
    }
  }

  private String good(String user, String... groups) {
    return TestKeys.claims(user, groups).jws().sign(ours.getPrivate());
  }

  private OrderingServiceBlockingStub stub() {
    return OrderingServiceGrpc.newBlockingStub(channel);
  }

  private static RequestContext bearer(String token) {
    return new RequestContext(Caller.ANONYMOUS, token, null, null);
  }

  private PlaceOrderResponse place(RequestContext context, String wish) {
    return context
        .attachTo(stub())
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .placeOrder(PlaceOrderRequest.newBuilder().setPaymentToken(wish).build());
  }

  private StatusRuntimeException failure(RequestContext context, String wish) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> place(context, wish));
  }

  private Problem refused(RequestContext context, String wish) {
    return Problem.from(failure(context, wish));
  }
}
