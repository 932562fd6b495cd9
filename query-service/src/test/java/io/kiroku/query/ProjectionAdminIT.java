package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.kiroku.catalog.CategoryEvent.CategoryCreated;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.proto.projection.v1.AuditAdminGrpc;
import io.kiroku.proto.projection.v1.AuditAdminGrpc.AuditAdminBlockingStub;
import io.kiroku.proto.projection.v1.AuditProjectionRequest;
import io.kiroku.proto.projection.v1.AuditProjectionResponse;
import io.kiroku.proto.projection.v1.Difference;
import io.kiroku.proto.projection.v1.DropParkedStreamRequest;
import io.kiroku.proto.projection.v1.GetProjectionRequest;
import io.kiroku.proto.projection.v1.ListDifferencesRequest;
import io.kiroku.proto.projection.v1.ListParkedStreamsRequest;
import io.kiroku.proto.projection.v1.ListProjectionsRequest;
import io.kiroku.proto.projection.v1.ListSkippedEventsRequest;
import io.kiroku.proto.projection.v1.MendStreamRequest;
import io.kiroku.proto.projection.v1.ParkedStream;
import io.kiroku.proto.projection.v1.ParkedStreamFilter;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc.ProjectionAdminBlockingStub;
import io.kiroku.proto.projection.v1.ProjectionStatus;
import io.kiroku.proto.projection.v1.RetryParkedStreamRequest;
import io.kiroku.proto.projection.v1.RetryParkedStreamsRequest;
import io.kiroku.proto.projection.v1.RetryParkedStreamsResponse;
import io.kiroku.proto.projection.v1.SkipParkedEventRequest;
import io.kiroku.proto.query.v1.GetOrderRequest;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.shared.CategoryId;
import io.kiroku.shared.OrderId;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.quarkus.mongodb.reactive.ReactiveMongoDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The read side in an operator's hands.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class ProjectionAdminIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TestHTTPResource URI http;
  @Inject ReactiveMongoDatabase database;
  KeyPair keys;
  String eventStoreUrl;

  private ManagedChannel channel;
  private CommandSide commands;

  @BeforeEach
  void connect() {
    channel = NettyChannelBuilder.forAddress(http.getHost(), http.getPort()).usePlaintext().build();
    commands = new CommandSide(eventStoreUrl);
  }

  @AfterEach
  void disconnect() throws InterruptedException {
    commands.close();
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  private ProjectionAdminBlockingStub admin() {
    return ProjectionAdminGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, "root", "", "admin"));
  }

  /// An order whose second event nobody can read, and a third behind it.
  private StreamId parkedOrder() {
    OrderId order = new OrderId(UUID.randomUUID());
    StreamId stream = StreamId.of("order", order.toString());
    commands.place(order, "mika");
    commands.recordUnreadable(stream);
    commands.record(stream, "mika", new OrderConfirmed(order, Instant.now()));
    await().atMost(SOON).until(() -> find(stream).getHighestSeenRevision() == 2);
    return stream;
  }

  private ParkedStream find(StreamId stream) {
    var request =
        ListParkedStreamsRequest.newBuilder()
            .setFilter(
                ParkedStreamFilter.newBuilder()
                    .setProjection("order-view")
                    .setCategory("order")
                    .setErrorContains("nobody-knows-this"))
            .setPageSize(1);
    while (true) {
      var page = admin().listParkedStreams(request.build());
      for (ParkedStream parked : page.getStreamsList()) {
        if (parked.getStream().equals(stream.value())) {
          return parked;
        }
      }
      if (page.getNextPageToken().isEmpty()) {
        return ParkedStream.getDefaultInstance();
      }
      request.setPageToken(page.getNextPageToken());
    }
  }

  private static String reason(Runnable call) throws Exception {
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call::run);
    return StatusProto.fromThrowable(refused).getDetails(0).unpack(ErrorInfo.class).getReason();
  }

  private String statusOf(StreamId order) {
    return QueryServiceGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, "mika", ""))
        .getOrder(GetOrderRequest.newBuilder().setOrderId(order.id()).build())
        .getOrder()
        .getStatus();
  }

  @Test
  void only_admins_are_answered() {
    for (var headers :
        List.of(
            CallHeaders.of(keys, "", ""), CallHeaders.of(keys, "mika", "", "reader", "writer"))) {
      var stub = ProjectionAdminGrpc.newBlockingStub(channel).withInterceptors(headers);
      assertThat(
              catchThrowableOfType(
                      StatusRuntimeException.class,
                      () -> stub.listProjections(ListProjectionsRequest.getDefaultInstance()))
                  .getStatus()
                  .getCode())
          .isIn(Code.UNAUTHENTICATED, Code.PERMISSION_DENIED);
    }
  }

  @Test
  void the_status_tells_position_and_lag_and_so_do_metrics_and_wellness() throws Exception {
    OrderId order = new OrderId(UUID.randomUUID());
    commands.place(order, "mika");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> {
          ProjectionStatus status =
              admin()
                  .getProjection(
                      GetProjectionRequest.newBuilder().setProjection("order-view").build())
                  .getProjection();
          assertThat(status.getId()).isEqualTo("order-view-v2");
          assertThat(status.getState()).isEqualTo("FOLLOWING");
          assertThat(status.hasBehind()).isTrue();
          assertThat(status.getEventsBehind()).isZero();
          assertThat(status.getLastAppliedPosition()).isPositive();
          assertThat(status.getHeadPosition())
              .isGreaterThanOrEqualTo(status.getLastAppliedPosition());
        });
    assertThat(
            admin()
                .listProjections(ListProjectionsRequest.getDefaultInstance())
                .getProjectionsList())
        .extracting(ProjectionStatus::getName)
        .containsExactly("categories", "order-view", "product", "saga", "sales", "stock");
    assertThat(text("/q/health/well"))
        .contains("projection-lag", "\"order-view-v2\": \"0 events, 0 ms behind\"");
    assertThat(text("/q/metrics"))
        .contains("kiroku_projection_behind_seconds{projection=\"order-view-v2\"")
        .contains("kiroku_projection_dead_streams{projection=\"order-view-v2\"");
    assertThat(
            reason(() ->
                admin()
                    .getProjection(
                        GetProjectionRequest.newBuilder().setProjection("nobody").build())))
        .isEqualTo("PROJECTION_NOT_FOUND");
  }

  @Test
  void an_operator_retries_and_then_skips_the_failing_event_of_a_parked_stream() throws Exception {
    StreamId stream = parkedOrder();
    assertThat(find(stream).getFailingRevision()).isEqualTo(1);
    var retry =
        RetryParkedStreamRequest.newBuilder()
            .setProjection("order-view")
            .setStream(stream.value())
            .build();
    assertThat(reason(() -> admin().retryParkedStream(retry))).isEqualTo("STREAM_STILL_PARKED");
    assertThat(find(stream).getAttempts()).isEqualTo(2);
    var skip =
        SkipParkedEventRequest.newBuilder()
            .setProjection("order-view-v2")
            .setStream(stream.value())
            .setReason("from the future");
    assertThat(reason(() -> admin().skipParkedEvent(skip.setFailingRevision(0).build())))
        .isEqualTo("STREAM_PARKED_ELSEWHERE");
    var _ = admin().skipParkedEvent(skip.setFailingRevision(1).build());
    assertThat(statusOf(stream)).isEqualTo("CONFIRMED");
    assertThat(reason(() -> admin().retryParkedStream(retry))).isEqualTo("STREAM_NOT_PARKED");
    assertThat(
            admin()
                .listSkippedEvents(
                    ListSkippedEventsRequest.newBuilder().setProjection("order-view").build())
                .getSkippedList())
        .filteredOn(skipped -> skipped.getStream().equals(stream.value()))
        .singleElement()
        .satisfies(skipped -> {
          assertThat(skipped.getActor()).isEqualTo("root");
          assertThat(skipped.getReason()).isEqualTo("from the future");
        });
  }

  @Test
  void all_that_match_are_tried_at_a_limited_rate_and_a_queue_is_dropped() {
    StreamId one = parkedOrder();
    StreamId two = parkedOrder();
    Instant begin = Instant.now();
    List<RetryParkedStreamsResponse> tried = new ArrayList<>();
    admin()
        .retryParkedStreams(
            RetryParkedStreamsRequest.newBuilder()
                .setFilter(ParkedStreamFilter.newBuilder().setErrorContains("nobody-knows-this"))
                .setPerSecond(2)
                .build())
        .forEachRemaining(tried::add);
    assertThat(tried)
        .extracting(RetryParkedStreamsResponse::getStream)
        .contains(one.value(), two.value());
    assertThat(tried)
        .extracting(RetryParkedStreamsResponse::getOutcome)
        .containsOnly("STREAM_STILL_PARKED");
    assertThat(tried.getLast().getDone()).isEqualTo(tried.getLast().getTotal());
    assertThat(Duration.between(begin, Instant.now()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(500L * tried.size()));
    for (StreamId stream : List.of(one, two)) {
      var _ =
          admin()
              .dropParkedStream(
                  DropParkedStreamRequest.newBuilder()
                      .setProjection("order-view")
                      .setStream(stream.value())
                      .setFailingRevision(1)
                      .setReason("a test's orders")
                      .build());
      assertThat(statusOf(stream)).isEqualTo("PLACED");
    }
  }

  @Test
  void an_audit_of_everything_finds_every_read_model_right() {
    OrderId order = new OrderId(UUID.randomUUID());
    commands.place(order, "mika");
    commands.record(
        StreamId.of("fulfillment", order.toString()),
        "mika",
        new SagaStarted<>(
            order.toString(), "order-fulfillment", List.of(), Instant.now(), Instant.now()));
    await().atMost(SOON).ignoreExceptions().until(() -> !statusOf(order).isEmpty());
    var audits = audits();
    for (String projection : List.of("categories", "order-view", "product", "saga", "stock")) {
      AuditProjectionResponse last = AuditProjectionResponse.getDefaultInstance();
      var answers =
          audits.auditProjection(
              AuditProjectionRequest.newBuilder().setProjection(projection).build());
      while (answers.hasNext()) {
        last = answers.next();
      }
      assertThat(last.getDone()).as(projection).isTrue();
      assertThat(
              audits
                  .listDifferences(
                      ListDifferencesRequest.newBuilder().setProjection(projection).build())
                  .getDifferencesList())
          .as(projection)
          .isEmpty();
      if (projection.equals("order-view") || projection.equals("saga")) {
        assertThat(last.getStreams()).isPositive();
      }
    }
  }

  private AuditAdminBlockingStub audits() {
    return AuditAdminGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, "root", "", "admin"));
  }

  @Test
  void what_was_changed_by_hand_is_sampled_counted_listed_and_mended() throws Exception {
    String tenant = "shop" + UUID.randomUUID();
    StreamId stream = StreamId.of("categories", tenant);
    var category = new CategoryId(UUID.randomUUID());
    commands.recordFor(
        tenant, stream, "root", new CategoryCreated(category, "Tea", "", null, Instant.now()));
    await().atMost(SOON).until(() -> nodes(tenant).size() == 1);

    var forged = new Document("$set", new Document("tree.nodes", List.of()));
    var _ = categories().updateOne(new Document("_id", tenant), forged).await().atMost(SOON);

    String differences = "kiroku_projection_differences";
    await().atMost(Duration.ofSeconds(30)).until(() -> metric(differences) == 1);
    assertThat(metric("kiroku_projection_audited_streams_total")).isPositive();
    assertThat(
            audits()
                .listDifferences(
                    ListDifferencesRequest.newBuilder().setProjection("categories").build())
                .getDifferencesList())
        .extracting(Difference::getStream)
        .containsExactly(stream.value());
    var _ =
        audits()
            .mendStream(
                MendStreamRequest.newBuilder()
                    .setProjection("categories")
                    .setStream(stream.value())
                    .build());
    assertThat(nodes(tenant))
        .extracting(node -> node.getString("categoryId"))
        .containsExactly(category.toString());
    await().atMost(SOON).until(() -> metric(differences) == 0);
  }

  private ReactiveMongoCollection<Document> categories() {
    return database.getCollection("categories_v1");
  }

  private List<Document> nodes(String tenant) {
    Document found =
        categories().find(new Document("_id", tenant)).collect().first().await().atMost(SOON);
    return found == null
        ? List.of()
        : found.get("tree", Document.class).getList("nodes", Document.class);
  }

  /// Of the categories.
  private double metric(String name) throws Exception {
    Pattern line = Pattern.compile(name + "\\{projection=\"categories-v1\"[^}]*} (\\S+)");
    Matcher found = line.matcher(text("/q/metrics"));
    return found.find() ? Double.parseDouble(found.group(1)) : -1;
  }

  @Test
  void a_document_that_no_stream_has_made_is_found_and_mended() {
    OrderId nobodys = new OrderId(UUID.randomUUID());
    var forged =
        new Document("_id", nobodys.toString())
            .append("order", new Document("rev", 3L).append("deleted", true));
    var _ = database.getCollection("order_view_v2").insertOne(forged).await().atMost(SOON);
    var audits =
        AuditAdminGrpc.newBlockingStub(channel)
            .withInterceptors(CallHeaders.of(keys, "root", "", "admin"));
    List<AuditProjectionResponse> progress = new ArrayList<>();
    audits
        .auditProjection(AuditProjectionRequest.newBuilder().setProjection("order-view").build())
        .forEachRemaining(progress::add);
    assertThat(progress.getLast().getDone()).isTrue();
    assertThat(progress.getLast().getDocuments()).isPositive();
    String stream = "order-" + nobodys;
    assertThat(differences(audits, stream))
        .singleElement()
        .returns("AHEAD_OF_LOG", Difference::getKind)
        .returns(3L, Difference::getRevision);
    var _ =
        audits.mendStream(
            MendStreamRequest.newBuilder().setProjection("order-view").setStream(stream).build());
    assertThat(differences(audits, stream)).isEmpty();
  }

  private static List<Difference> differences(AuditAdminBlockingStub audits, String stream) {
    return audits
        .listDifferences(ListDifferencesRequest.newBuilder().setProjection("order-view").build())
        .getDifferencesList()
        .stream()
        .filter(difference -> difference.getStream().equals(stream))
        .toList();
  }

  private String statusOf(OrderId order) {
    return statusOf(StreamId.of("order", order.toString()));
  }

  private String text(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(http.resolve(path)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
