package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.ExpectedRevision;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.ConsumerStrategy;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.Settings;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.StreamOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.DeleteReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.GetInfoReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReplayParkedReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.SubscriptionInfo;
import io.kiroku.eventstore.node.proto.persistent.PersistentSubscriptionsGrpc;
import io.kiroku.eventstore.node.proto.persistent.PersistentSubscriptionsGrpc.PersistentSubscriptionsBlockingStub;
import io.kiroku.eventstore.node.proto.shared.Shared.Empty;
import io.kiroku.eventstore.node.proto.shared.Shared.StreamIdentifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;

/// A node and its persistent subscriptions as they are on the wire: every field, every trailer.
abstract class GroupNodeTest extends NodeTest {
  static final Duration WAIT = Duration.ofSeconds(WAIT_SECONDS);
  static final String STREAM = "order-1";
  static final String GROUP = "workers";
  static final String PARKED = "$persistentsubscription-order-1::workers-parked";
  static final String CHECKPOINTS = "$persistentsubscription-order-1::workers-checkpoint";
  static final Empty EMPTY = Empty.getDefaultInstance();
  private static final int BYTES_MAX = 17 << 20;

  private final List<ManagedChannel> channels = new ArrayList<>();

  GroupNodeTest(Kind kind) {
    super(kind);
  }

  @AfterEach
  void closeChannels() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  ManagedChannel channel() {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(node.host(), node.port())
            .usePlaintext()
            .maxInboundMessageSize(BYTES_MAX)
            .build();
    channels.add(channel);
    return channel;
  }

  PersistentSubscriptionsBlockingStub calls() {
    return PersistentSubscriptionsGrpc.newBlockingStub(channel());
  }

  static StreamIdentifier named(String stream) {
    return StreamIdentifier.newBuilder().setStreamName(ByteString.copyFromUtf8(stream)).build();
  }

  /// What clients send if they are not told otherwise.
  static Settings.Builder settings() {
    return Settings.newBuilder()
        .setMessageTimeoutMs(30_000)
        .setMaxRetryCount(10)
        .setLiveBufferSize(500)
        .setHistoryBufferSize(500)
        .setReadBatchSize(20)
        .setCheckpointAfterMs(2_000)
        .setMinCheckpointCount(10)
        .setMaxCheckpointCount(1_000)
        .setConsumerStrategy(ConsumerStrategy.RoundRobin.name());
  }

  static CreateReq.Options.Builder fromStart(String stream, Settings.Builder settings) {
    return CreateReq.Options.newBuilder()
        .setStream(StreamOptions.newBuilder().setStreamIdentifier(named(stream)).setStart(EMPTY))
        .setGroupName(GROUP)
        .setSettings(settings);
  }

  void create(CreateReq.Options.Builder options) {
    var _ = calls().create(CreateReq.newBuilder().setOptions(options).build());
  }

  /// A group of [#STREAM] from its start.
  void create(Settings.Builder settings) {
    create(fromStart(STREAM, settings));
  }

  void delete() {
    var options =
        DeleteReq.Options.newBuilder().setStreamIdentifier(named(STREAM)).setGroupName(GROUP);
    var _ = calls().delete(DeleteReq.newBuilder().setOptions(options).build());
  }

  void replay(long stopAt) {
    var options =
        ReplayParkedReq.Options.newBuilder()
            .setStreamIdentifier(named(STREAM))
            .setGroupName(GROUP)
            .setStopAt(stopAt);
    var _ = calls().replayParked(ReplayParkedReq.newBuilder().setOptions(options).build());
  }

  SubscriptionInfo info() {
    return info(
        GetInfoReq.Options.newBuilder().setStreamIdentifier(named(STREAM)).setGroupName(GROUP));
  }

  SubscriptionInfo info(GetInfoReq.Options.Builder options) {
    return calls()
        .getInfo(GetInfoReq.newBuilder().setOptions(options).build())
        .getSubscriptionInfo();
  }

  static ReadReq.Options.Builder of(String stream) {
    return ReadReq.Options.newBuilder()
        .setStreamIdentifier(named(stream))
        .setGroupName(GROUP)
        .setBufferSize(10)
        .setUuidOption(ReadReq.Options.UUIDOption.newBuilder().setString(EMPTY));
  }

  RawConsumer consume(ReadReq.Options.Builder options) {
    return consume(options, false);
  }

  RawConsumer consume(ReadReq.Options.Builder options, boolean patient) {
    RawConsumer consumer = new RawConsumer(patient);
    start(consumer);
    consumer.send(ReadReq.newBuilder().setOptions(options).build());
    return consumer;
  }

  void start(RawConsumer consumer) {
    var _ = PersistentSubscriptionsGrpc.newStub(channel()).read(consumer);
  }

  RawConsumer consume() {
    return consume(of(STREAM));
  }

  void append(int count) throws Exception {
    append(STREAM, ExpectedRevision.any(), events(count));
  }

  static void eventually(Callable<Boolean> condition) {
    await().atMost(WAIT).until(condition);
  }

  static void awaitEvents(RawConsumer consumer, int count) {
    eventually(() -> consumer.events().size() == count);
  }

  /// The JSON of a stream's last event.
  JsonObject lastJson(String stream) throws Exception {
    return json(read(stream).getLast().getOriginalEvent().getEventData());
  }

  static JsonObject json(byte[] bytes) {
    return JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  static void assertFailed(Throwable failure, Status.Code code, Map<String, String> trailers) {
    assertThat(failure).isInstanceOf(StatusRuntimeException.class);
    assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(code);
    Metadata found = Objects.requireNonNull(Status.trailersFromThrowable(failure));
    Map<String, String> texts = new TreeMap<>();
    trailers
        .keySet()
        .forEach(key ->
            texts.put(
                key,
                String.valueOf(found.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER)))));
    assertThat(texts).isEqualTo(new TreeMap<>(trailers));
  }

  static Map<String, String> trailers(String exception) {
    return Map.of("exception", exception, "stream-name", STREAM, "group-name", GROUP);
  }
}
