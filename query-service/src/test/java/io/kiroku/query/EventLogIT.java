package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockEvent.StockReceived;
import io.kiroku.inventory.StockEvent.StockReserved;
import io.kiroku.proto.query.v1.CategoryStatistics;
import io.kiroku.proto.query.v1.CausationNode;
import io.kiroku.proto.query.v1.EventLogServiceGrpc;
import io.kiroku.proto.query.v1.EventLogServiceGrpc.EventLogServiceBlockingStub;
import io.kiroku.proto.query.v1.GetCausationTreeRequest;
import io.kiroku.proto.query.v1.GetCausationTreeResponse;
import io.kiroku.proto.query.v1.GetEventRequest;
import io.kiroku.proto.query.v1.GetLogStatisticsRequest;
import io.kiroku.proto.query.v1.ListEventsRequest;
import io.kiroku.proto.query.v1.ListEventsResponse;
import io.kiroku.proto.query.v1.LoggedEvent;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The log as admins see it, each test's in a tenant of its own.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class EventLogIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");

  @TestHTTPResource URI http;
  KeyPair keys;
  String eventStoreUrl;

  private final String tenant = "tenant" + UUID.randomUUID();
  private final ProductId product = new ProductId(UUID.randomUUID());
  private final UUID job = UUID.randomUUID();
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

  private EventLogServiceBlockingStub as(String user, String... groups) {
    return EventLogServiceGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, tenant, user, "", List.of(groups)));
  }

  private EventLogServiceBlockingStub admin() {
    return as("root", "admin");
  }

  private StreamId stream() {
    return StreamId.of("stock", product.toString());
  }

  private void receive(int times) {
    for (int i = 0; i < times; i++) {
      commands.recordFor(tenant, stream(), "aoi", new StockReceived(product, i + 1, AT));
    }
  }

  private static ListEventsRequest.Builder events() {
    return ListEventsRequest.newBuilder();
  }

  private List<Long> revisions(ListEventsRequest.Builder request) {
    return admin().listEvents(request.build()).getEventsList().stream()
        .map(LoggedEvent::getRevision)
        .toList();
  }

  /// Page by page.
  private List<Long> all(ListEventsRequest.Builder request) {
    List<Long> seen = new ArrayList<>();
    ListEventsResponse page;
    do {
      page = admin().listEvents(request.build());
      page.getEventsList().forEach(event -> seen.add(event.getRevision()));
      if (request.getNewestFirst()) {
        request.setBeforePosition(page.getNextPosition());
      } else {
        request.setAfterPosition(page.getNextPosition());
      }
    } while (page.hasNextPosition());
    return seen;
  }

  /// The store's indexes follow the log.
  private void untilIndexed(ListEventsRequest.Builder request, int count) {
    await().atMost(SOON).until(() -> all(request.clone()).size() == count);
  }

  private static Code code(Runnable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call::run).getStatus().getCode();
  }

  @Test
  void a_streams_events_are_listed_in_pages_in_both_directions() {
    receive(7);
    ListEventsRequest.Builder request = events().setStream(stream().value()).setPageSize(3);
    assertThat(all(request.clone())).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(all(request.clone().setNewestFirst(true)))
        .containsExactly(6L, 5L, 4L, 3L, 2L, 1L, 0L);
  }

  @Test
  void events_are_listed_between_two_positions() {
    receive(7);
    ListEventsRequest.Builder request = events().setStream(stream().value());
    List<LoggedEvent> all = admin().listEvents(request.build()).getEventsList();
    ListEventsRequest.Builder between =
        request
            .setAfterPosition(all.get(1).getPosition())
            .setBeforePosition(all.get(5).getPosition());
    assertThat(revisions(between)).containsExactly(2L, 3L, 4L);
    assertThat(revisions(between.setNewestFirst(true))).containsExactly(4L, 3L, 2L);
  }

  @Test
  void the_whole_log_is_listed_of_ones_own_tenant() {
    receive(3);
    commands.recordFor(
        "other", StreamId.of("stock", UUID.randomUUID().toString()), "aoi", received());
    assertThat(all(events().setPageSize(2))).containsExactly(0L, 1L, 2L);
    assertThat(revisions(events().setNewestFirst(true).setPageSize(1))).containsExactly(2L);
  }

  private StockReceived received() {
    return new StockReceived(product, 1, AT);
  }

  @Test
  void events_are_found_by_category_type_and_correlation() {
    receive(2);
    commands.recordFor(
        tenant,
        stream(),
        "aoi",
        new StockReserved(product, new OrderId(UUID.randomUUID()), 1, AT, AT));
    untilIndexed(events().setCategory("stock"), 3);
    assertThat(revisions(events().setCategory("stock").setNewestFirst(true)))
        .containsExactly(2L, 1L, 0L);
    untilIndexed(events().setType("stock-reserved.v1"), 1);
    assertThat(revisions(events().setType("stock-reserved.v1"))).containsExactly(2L);
    String correlation =
        admin()
            .listEvents(events().setStream(stream().value()).build())
            .getEvents(1)
            .getCorrelationId();
    untilIndexed(events().setCorrelationId(correlation), 1);
    assertThat(revisions(events().setCorrelationId(correlation))).containsExactly(1L);
  }

  @Test
  void an_index_is_read_from_any_position_of_the_log_on() {
    receive(9);
    untilIndexed(events().setCategory("stock"), 9);
    List<LoggedEvent> all =
        admin().listEvents(events().setCategory("stock").build()).getEventsList();
    for (int i = 0; i < 9; i++) {
      long position = all.get(i).getPosition();
      assertThat(revisions(events().setCategory("stock").setAfterPosition(position)))
          .hasSize(8 - i);
      assertThat(
              revisions(
                  events().setCategory("stock").setBeforePosition(position).setNewestFirst(true)))
          .hasSize(i);
    }
  }

  @Test
  void one_event_is_got_by_its_revision() {
    receive(2);
    GetEventRequest.Builder request = GetEventRequest.newBuilder().setStream(stream().value());
    assertThat(admin().getEvent(request.setRevision(1).build()).getEvent())
        .returns("stock-received.v1", LoggedEvent::getType)
        .returns("aoi", LoggedEvent::getActor)
        .satisfies(event -> assertThat(event.getDataJson()).contains("\"quantity\":2"));
    assertThat(code(() -> admin().getEvent(request.setRevision(2).build())))
        .isEqualTo(Code.NOT_FOUND);
    request.setRevision(0);
    commands.recordFor("other", StreamId.of("stock", job.toString()), "aoi", received());
    assertThat(code(() -> admin().getEvent(request.setStream("stock-" + job).build())))
        .isEqualTo(Code.NOT_FOUND);
  }

  private GetCausationTreeResponse tree() {
    return admin()
        .getCausationTree(
            GetCausationTreeRequest.newBuilder().setCorrelationId(job.toString()).build());
  }

  @Test
  void a_business_transaction_is_a_tree_of_causes() {
    UUID command = UUID.randomUUID();
    UUID first = commands.recordCaused(tenant, stream(), received(), job, command);
    UUID second = commands.recordCaused(tenant, stream(), received(), job, first);
    commands.recordCaused(tenant, stream(), received(), job, first);
    commands.recordCaused(tenant, stream(), received(), job, second);
    await().atMost(SOON).until(() -> tree().getNodesCount() == 4);
    assertThat(tree().getNodesList())
        .extracting(node -> node.getEvent().getRevision())
        .containsExactly(0L, 1L, 3L, 2L);
    assertThat(tree().getNodesList())
        .extracting(CausationNode::getDepth)
        .containsExactly(0, 1, 2, 1);
    assertThat(tree().getNodes(0).getEvent().getCausationId()).isEqualTo(command.toString());
    assertThat(tree().getCutOff()).isFalse();
  }

  @Test
  void a_tree_that_is_too_big_says_that_it_is_cut_off() {
    UUID cause = UUID.randomUUID();
    commands.recordMany(tenant, stream(), received(), job, cause, 1_001);
    await().atMost(SOON).until(() -> tree().getCutOff());
    assertThat(tree().getNodesCount()).isEqualTo(1_000);
  }

  @Test
  void statistics_tell_how_much_there_is() {
    receive(3);
    var request = GetLogStatisticsRequest.getDefaultInstance();
    long last =
        admin()
            .listEvents(events().setNewestFirst(true).setPageSize(1).build())
            .getEvents(0)
            .getPosition();
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          var statistics = admin().getLogStatistics(request);
          assertThat(statistics.getLastPosition()).isGreaterThanOrEqualTo(last);
          assertThat(statistics.getCategoriesList())
              .filteredOn(it -> it.getCategory().equals("stock"))
              .first()
              .extracting(CategoryStatistics::getEvents)
              .satisfies(count -> assertThat(count).isGreaterThanOrEqualTo(3));
        });
  }

  @Test
  void streams_are_counted_whatever_is_in_them() {
    long counted = streamsOnceTheyStay();
    receive(3);
    commands.recordFor(
        tenant, StreamId.of("stock", UUID.randomUUID().toString()), "aoi", received());
    await().atMost(SOON).until(() -> streams() == counted + 2);
  }

  /// Those of other tests may not be counted yet.
  private long streamsOnceTheyStay() {
    AtomicLong seen = new AtomicLong(-1);
    await()
        .during(Duration.ofMillis(500))
        .atMost(SOON)
        .until(() -> {
          long now = streams();
          return seen.getAndSet(now) == now;
        });
    return seen.get();
  }

  private long streams() {
    return admin()
        .getLogStatistics(GetLogStatisticsRequest.getDefaultInstance())
        .getCategoriesList()
        .stream()
        .filter(it -> it.getCategory().equals("stock"))
        .mapToLong(CategoryStatistics::getStreams)
        .sum();
  }

  private EventLogServiceBlockingStub adminWith(String token) {
    return EventLogServiceGrpc.newBlockingStub(channel)
        .withInterceptors(CallHeaders.of(keys, tenant, "root", token, List.of("admin")));
  }

  @Test
  void who_brings_the_token_of_his_command_finds_what_he_wrote_in_every_index() {
    for (int i = 0; i < 20; i++) {
      String token = commands.recordFor(tenant, stream(), "aoi", received());
      assertThat(newest(token, events().setCategory("stock"))).isEqualTo(i);
      assertThat(newest(token, events().setType("stock-received.v1"))).isEqualTo(i);
    }
    UUID cause = UUID.randomUUID();
    commands.recordCaused(tenant, stream(), received(), job, cause);
    String token = ConsistencyToken.of(tenant, stream(), 20).encode();
    var tree = GetCausationTreeRequest.newBuilder().setCorrelationId(job.toString()).build();
    assertThat(adminWith(token).getCausationTree(tree).getNodesCount()).isEqualTo(1);
  }

  private long newest(String token, ListEventsRequest.Builder request) {
    return adminWith(token)
        .listEvents(request.setNewestFirst(true).setPageSize(1).build())
        .getEvents(0)
        .getRevision();
  }

  @Test
  void an_index_that_will_never_show_what_the_token_names_is_not_waited_for_longer_than_that() {
    receive(1);
    String ahead = ConsistencyToken.of(tenant, stream(), 7).encode();
    assertThat(code(() -> adminWith(ahead).listEvents(events().setCategory("stock").build())))
        .isEqualTo(Code.ABORTED);
    // Neither of the others has to show it.
    assertThat(newest(ahead, events().setStream(stream().value()))).isZero();
    assertThat(adminWith(ahead).listEvents(events().setCategory("order").build()).getEventsList())
        .isEmpty();
  }

  @Test
  void what_is_in_another_index_is_not_waited_for() {
    String token = commands.recordFor(tenant, stream(), "aoi", received());
    var others = events().setType("stock-expired.v1").build();
    assertThat(adminWith(token).listEvents(others).getEventsList()).isEmpty();
  }

  @Test
  void the_log_is_for_admins_and_requests_are_checked() {
    assertThat(code(() -> as("mika", "writer").listEvents(events().build())))
        .isEqualTo(Code.PERMISSION_DENIED);
    assertThat(code(() -> as("").listEvents(events().build()))).isEqualTo(Code.UNAUTHENTICATED);
    assertThat(
            List.of(
                code(() -> admin().listEvents(events().setStream("$all").build())),
                code(() -> admin().listEvents(events().setCategory("a-b").build())),
                code(() -> admin().listEvents(events().setType(" ").build())),
                code(() -> admin().listEvents(events().setCorrelationId("1").build())),
                code(() -> admin().listEvents(events().setAfterPosition(-2).build())),
                code(() -> admin().listEvents(events().setPageSize(201).build()))))
        .containsOnly(Code.INVALID_ARGUMENT);
  }
}
