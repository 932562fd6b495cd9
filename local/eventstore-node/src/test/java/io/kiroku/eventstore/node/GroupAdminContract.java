package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status.Code;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.ConsumerStrategy;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.Position;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.StreamOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.GetInfoReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ListReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.SubscriptionInfo;
import io.kiroku.eventstore.node.proto.persistent.Persistent.SubscriptionInfo.ConnectionInfo;
import io.kiroku.eventstore.node.proto.persistent.Persistent.SubscriptionInfo.Measurement;
import io.kiroku.eventstore.node.proto.persistent.Persistent.UpdateReq;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What operators set, see and are refused.
abstract class GroupAdminContract extends GroupNodeTest {
  private static final String START = "Invalid Start From position: ";

  GroupAdminContract(Kind kind) {
    super(kind);
  }

  private static CreateReq.Settings.Builder unusual() {
    return settings()
        .setResolveLinks(true)
        .setExtraStatistics(true)
        .setMessageTimeoutTicks(123_450_000)
        .setMaxRetryCount(1)
        .setMinCheckpointCount(2)
        .setMaxCheckpointCount(3)
        .setMaxSubscriberCount(4)
        .setLiveBufferSize(5)
        .setReadBatchSize(6)
        .setHistoryBufferSize(7)
        .setCheckpointAfterTicks(80_000)
        .setConsumerStrategy("PinnedByCorrelation");
  }

  @Test
  void info_shows_every_setting() {
    create(
        fromStart(STREAM, unusual())
            .setStream(
                StreamOptions.newBuilder().setStreamIdentifier(named(STREAM)).setRevision(9)));
    eventually(() -> info().getStatus().equals("Live"));
    assertThat(info())
        .isEqualTo(
            SubscriptionInfo.newBuilder()
                .setEventSource(STREAM)
                .setGroupName(GROUP)
                .setStatus("Live")
                .setStartFrom("9")
                .setResolveLinkTos(true)
                .setExtraStatistics(true)
                .setMessageTimeoutMilliseconds(12_345)
                .setMaxRetryCount(1)
                .setMinCheckPointCount(2)
                .setMaxCheckPointCount(3)
                .setMaxSubscriberCount(4)
                .setLiveBufferSize(5)
                .setReadBatchSize(6)
                .setBufferSize(7)
                .setCheckPointAfterMilliseconds(8)
                .setNamedConsumerStrategy("PinnedByCorrelation")
                .build());
  }

  @Test
  void info_counts_messages_and_shows_who_has_them() throws Exception {
    create(settings().setExtraStatistics(true));
    append(12);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 10);
    consumer.ack(consumer.events().subList(0, 4));
    awaitEvents(consumer, 12);
    SubscriptionInfo info = info();
    assertThat(info.getLastKnownEventPosition()).isEqualTo("11");
    assertThat(info.getTotalItems()).isEqualTo(12);
    assertThat(info.getCountSinceLastMeasurement()).isEqualTo(12);
    assertThat(info.getAveragePerSecond()).isPositive();
    assertThat(info.getTotalInFlightMessages()).isEqualTo(8);
    assertThat(info.getOutstandingMessagesCount()).isEqualTo(8);
    ConnectionInfo connection = info.getConnections(0);
    assertThat(connection.getConnectionName()).isEqualTo("<unknown>");
    assertThat(connection.getUsername()).isEqualTo("anonymous");
    assertThat(connection.getFrom()).isEmpty();
    assertThat(connection.getTotalItems()).isEqualTo(12);
    assertThat(connection.getCountSinceLastMeasurement()).isEqualTo(12);
    assertThat(connection.getAvailableSlots()).isEqualTo(2);
    assertThat(connection.getInFlightMessages()).isEqualTo(8);
    assertThat(connection.getObservedMeasurementsList())
        .extracting(Measurement::getKey)
        .startsWith("Mean", "Median", "Fastest", "Quintile 1")
        .endsWith("99.9%", "Highest");
    assertThat(info().getCountSinceLastMeasurement()).isZero();
    assertThat(info().getTotalItems()).isEqualTo(12);
  }

  @Test
  void measurements_are_taken_only_if_asked_for() throws Exception {
    create(settings());
    append(1);
    RawConsumer consumer = consume();
    awaitEvents(consumer, 1);
    consumer.ack(0);
    eventually(() -> info().getTotalInFlightMessages() == 0);
    assertThat(info().getConnections(0).getObservedMeasurementsList()).isEmpty();
  }

  @Test
  void group_reads_ahead_page_by_page_and_is_behind_while_its_buffer_is_full() throws Exception {
    append(100);
    create(settings().setHistoryBufferSize(50).setReadBatchSize(20).setLiveBufferSize(30));
    eventually(() -> info().getReadBufferCount() == 40);
    assertThat(info().getStatus()).isEqualTo("Behind");
    assertThat(info().getLiveBufferCount()).isEqualTo(30);
    assertThat(info().getLastKnownEventPosition()).isEqualTo("39");
    RawConsumer consumer = consume(of(STREAM).setBufferSize(200));
    awaitEvents(consumer, 100);
    eventually(() -> info().getStatus().equals("Live"));
    assertThat(info().getLiveBufferCount()).isZero();
  }

  @Test
  void settings_are_written_in_eventstoredbs_format_and_survive_a_restart() throws Exception {
    create(unusual());
    SubscriptionInfo before = info();
    var filter =
        AllOptions.FilterOptions.newBuilder()
            .setEventType(AllOptions.FilterOptions.Expression.newBuilder().addPrefix("a,b"))
            .setCount(EMPTY);
    create(
        CreateReq.Options.newBuilder()
            .setAll(AllOptions.newBuilder().setPosition(position(4, 3)).setFilter(filter))
            .setGroupName(GROUP)
            .setSettings(settings()));
    assertThat(lastJson("$$$persistentSubscriptionConfig").toString())
        .isEqualTo("{\"$maxCount\":2}");
    var config = lastJson("$persistentSubscriptionConfig");
    assertThat(config.get("version").getAsString()).isEqualTo("2");
    assertThat(config.getAsJsonArray("entries").get(0).toString())
        .isEqualTo(
            """
            {"stream":"order-1","group":"workers","resolveLinkTos":true,"extraStatistics":true,\
            "messageTimeout":12345,"startFrom":0,"startPosition":"0","liveBufferSize":5,\
            "historyBufferSize":7,"maxRetryCount":1,"readBatchSize":6,"preferRoundRobin":false,\
            "checkPointAfter":8,"minCheckPointCount":2,"maxCheckPointCount":3,\
            "maxSubscriberCount":4,"namedConsumerStrategy":"PinnedByCorrelation"}\
            """);
    var ofAll = config.getAsJsonArray("entries").get(1).getAsJsonObject();
    assertThat(ofAll.get("startPosition").getAsString()).isEqualTo("C:4/P:3");
    assertThat(ofAll.getAsJsonObject("filter").get("context").getAsString()).isEqualTo("eventtype");
    assertThat(ofAll.getAsJsonObject("filter").get("data").getAsString()).isEqualTo("a,b");
    restart();
    eventually(() -> info().getStatus().equals("Live"));
    assertThat(info()).isEqualTo(before.toBuilder().setStatus("Live").build());
    assertThat(result(groups.listToAll())).hasSize(1);
    append("x", ExpectedRevision.any(), event(id(1), "a"));
    append("x", ExpectedRevision.any(), event(id(2), "a,b"));
    RawConsumer consumer = consume(of(STREAM).clearStreamIdentifier().setAll(EMPTY));
    awaitEvents(consumer, 1);
    assertThat(consumer.revisions()).containsExactly(1L);
  }

  @Test
  void settings_that_cannot_be_read_stop_no_other_group() throws Exception {
    String config =
        """
        {"version":"2","entries":[
          {"stream":"order-1","group":"broken","namedConsumerStrategy":"None"},
          {"stream":"order-1","group":"workers","settings":{"start":0,"startPrepare":0,
           "retriesMax":10,"historyBufferSize":500,"readBatchSize":20,"strategy":"RoundRobin"}}]}
        """;
    var event = EventDataBuilder.json("$PersistentConfig", config.getBytes(StandardCharsets.UTF_8));
    append("$persistentSubscriptionConfig", ExpectedRevision.any(), event.build());
    var _ = calls().restartSubsystem(EMPTY);
    assertThat(info().getMaxRetryCount()).isEqualTo(10);
    delete();
    var left = lastJson("$persistentSubscriptionConfig").getAsJsonArray("entries");
    assertThat(left).hasSize(1);
    assertThat(left.get(0).getAsJsonObject().get("group").getAsString()).isEqualTo("broken");
    append(
        "$persistentSubscriptionConfig",
        ExpectedRevision.any(),
        EventDataBuilder.binary("nonsense", new byte[] {1}).build());
    restart();
    assertThat(result(groups.listAll())).isEmpty();
  }

  private static Position position(long commit, long prepare) {
    return Position.newBuilder().setCommitPosition(commit).setPreparePosition(prepare).build();
  }

  private static CreateReq.Options.Builder fromPosition(long commit, long prepare) {
    return CreateReq.Options.newBuilder()
        .setAll(AllOptions.newBuilder().setPosition(position(commit, prepare)))
        .setGroupName(GROUP)
        .setSettings(settings());
  }

  private static CreateReq.Options.Builder fromRevision(long revision) {
    return CreateReq.Options.newBuilder()
        .setStream(
            StreamOptions.newBuilder().setStreamIdentifier(named(STREAM)).setRevision(revision))
        .setGroupName(GROUP)
        .setSettings(settings());
  }

  @SuppressWarnings("deprecation") // what clients up to 5.4 send
  private static CreateReq.Settings.Builder unknownEnum() {
    return settings().setConsumerStrategy("").setNamedConsumerStrategyValue(7);
  }

  @Test
  void bad_settings_are_refused_in_the_servers_words() {
    String buffers =
        "Specified argument was out of the range of valid values. (Parameter 'ReadBatchSize may not"
            + " be greater than or equal to BufferSize')";
    String notAStream =
        "Persistent subscriptions to $all are only supported over gRPC through gRPC clients";
    assertRefused(fromStart("", settings()), "Bad stream name.");
    assertRefused(fromStart("$all", settings()), notAStream);
    assertRefused(fromStart("x".repeat(600), settings()), "Bad stream or group name.");
    assertRefused(fromStart(STREAM, settings()).setGroupName("\0"), "Bad stream or group name.");
    assertRefused(fromStart(STREAM, settings().setReadBatchSize(500)), buffers);
    assertRefused(
        fromStart(STREAM, settings().setConsumerStrategy("Random")),
        "Consumer strategy Random does not exist.");
    assertRefused(fromStart(STREAM, unknownEnum()), "Consumer strategy 7 does not exist.");
    assertRefused(fromRevision(-2), START + "event number must be greater than or equal to -1.");
    assertRefused(
        fromPosition(1, 2),
        START + "prepare position must be less than or equal to the commit position.");
    assertRefused(
        fromPosition(node.end(), 0),
        START
            + "commit position must be less than or equal to the last commit position in the"
            + " transaction file.");
    assertRefused(
        fromPosition(3, -1),
        START
            + "prepare and commit positions must be greater than or equal to 0 or both equal to"
            + " -1.");
    assertThat(calls().list(listAll()).getSubscriptionsList()).isEmpty();
  }

  private void assertRefused(CreateReq.Options.Builder options, String reason) {
    String stream =
        options.hasAll()
            ? "$all"
            : options.getStream().getStreamIdentifier().getStreamName().toStringUtf8();
    String group = options.getGroupName().replace('\0', '?');
    Map<String, String> trailers =
        Map.of(
            "exception", "persistent-subscription-failed",
            "stream-name", stream,
            "group-name", group,
            "reason", reason);
    Throwable failure = catchThrowable(() -> create(options));
    assertFailed(failure, Code.INTERNAL, trailers);
    assertThat(failure).hasMessageContaining("failed: '" + reason + "'");
  }

  @Test
  void trap_8_groups_begin_at_positions_of_a_fresh_log() {
    create(fromPosition(2, 1));
    create(fromStart("other", settings()));
    SubscriptionInfo info = info(GetInfoReq.Options.newBuilder().setAll(EMPTY).setGroupName(GROUP));
    assertThat(info.getStartFrom()).isEqualTo("C:2/P:1");
    assertThat(info.getLastCheckpointedEventPosition()).isEmpty();
  }

  private static ListReq listAll() {
    return ListReq.newBuilder()
        .setOptions(ListReq.Options.newBuilder().setListAllSubscriptions(EMPTY))
        .build();
  }

  @Test
  void list_is_empty_without_groups_but_of_a_stream_not_found() {
    assertThat(calls().list(listAll()).getSubscriptionsList()).isEmpty();
    var ofStream =
        ListReq.newBuilder()
            .setOptions(
                ListReq.Options.newBuilder()
                    .setListForStream(ListReq.StreamOption.newBuilder().setStream(named(STREAM))));
    Map<String, String> trailers =
        new TreeMap<>(trailers("persistent-subscription-does-not-exist"));
    trailers.put("group-name", "");
    assertFailed(catchThrowable(() -> calls().list(ofStream.build())), Code.NOT_FOUND, trailers);
    create(settings());
    create(fromStart("other", settings()));
    assertThat(calls().list(ofStream.build()).getSubscriptionsList()).hasSize(1);
    assertThat(calls().list(listAll()).getSubscriptionsList()).hasSize(2);
  }

  @Test
  void missing_and_existing_groups_are_told_by_trailers() {
    for (Runnable call :
        List.<Runnable>of(this::info, this::delete, () -> replay(5), this::update)) {
      assertFailed(
          catchThrowable(call::run),
          Code.NOT_FOUND,
          trailers("persistent-subscription-does-not-exist"));
    }
    create(settings());
    assertFailed(
        catchThrowable(() -> create(settings())),
        Code.ALREADY_EXISTS,
        trailers("persistent-subscription-exists"));
    Throwable negative = catchThrowable(() -> replay(-1));
    Map<String, String> trailers = new TreeMap<>(trailers("persistent-subscription-failed"));
    trailers.put("reason", "Cannot stop replaying parked message at a negative version.");
    assertFailed(negative, Code.INTERNAL, trailers);
  }

  private void update() {
    try {
      var options =
          UpdateReq.Options.parseFrom(
              fromStart(STREAM, settings().setMaxRetryCount(3)).build().toByteString());
      var _ = calls().update(UpdateReq.newBuilder().setOptions(options).build());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void consumers_are_dropped_by_update_restart_and_deletion() throws Exception {
    create(settings());
    for (Runnable call :
        List.<Runnable>of(this::update, () -> calls().restartSubsystem(EMPTY), this::delete)) {
      RawConsumer consumer = consume();
      eventually(() -> !consumer.answers.isEmpty());
      call.run();
      assertFailed(
          result(consumer.ended), Code.CANCELLED, trailers("persistent-subscription-dropped"));
    }
    assertFailed(
        result(consume().ended),
        Code.NOT_FOUND,
        trailers("persistent-subscription-does-not-exist"));
  }

  @Test
  void trap_14_consumer_hears_the_name_of_its_subscription_first_and_too_many_hear_nothing_else()
      throws Exception {
    create(settings().setMaxSubscriberCount(1));
    append(2);
    RawConsumer first = consume();
    awaitEvents(first, 2);
    assertThat(first.answers.getFirst().getSubscriptionConfirmation().getSubscriptionId())
        .isEqualTo("order-1::workers");
    assertThat(first.answers).hasSize(3);
    RawConsumer second = consume();
    assertFailed(
        result(second.ended), Code.FAILED_PRECONDITION, trailers("maximum-subscribers-reached"));
    assertThat(second.answers).isEmpty();
    first.cancel();
    eventually(() -> info().getConnectionsCount() == 0);
    awaitEvents(consume(), 2);
  }

  @SuppressWarnings("deprecation") // the oldest form of these requests
  @Test
  void oldest_form_of_a_request_is_understood() {
    create(
        CreateReq.Options.newBuilder()
            .setStreamIdentifier(named(STREAM))
            .setGroupName(GROUP)
            .setSettings(
                settings()
                    .setRevision(3)
                    .setConsumerStrategy("")
                    .setNamedConsumerStrategy(ConsumerStrategy.Pinned)));
    assertThat(info().getStartFrom()).isEqualTo("3");
    assertThat(info().getNamedConsumerStrategy()).isEqualTo("Pinned");
  }
}
