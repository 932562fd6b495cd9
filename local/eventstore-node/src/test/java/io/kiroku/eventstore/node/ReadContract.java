package io.kiroku.eventstore.node;

import static io.kiroku.eventstore.node.RawStreams.EMPTY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions.Expression;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.ReadDirection;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.SubscriptionOptions;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.UUIDOption;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.ReadEvent.RecordedEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Reads that end: what is said beside the events, filters, positions and refusals.
abstract class ReadContract extends RawNodeTest {
  ReadContract(Kind kind) {
    super(kind);
  }

  @Test
  void trap_6_event_says_when_it_was_created_and_its_id_as_asked() throws Exception {
    UUID id = UUID.fromString("0A0B0C0D-0102-0304-0506-0708090A0B0C");
    append("s", ExpectedRevision.any(), event(id, "t"));
    RecordedEvent text = read(RawStreams.readStream("s")).getFirst().getEvent().getEvent();
    assertThat(text.getId().getString()).isEqualTo("0a0b0c0d-0102-0304-0506-0708090a0b0c");
    long ticks = Long.parseLong(text.getMetadataOrThrow("created"));
    assertThat(ticks / 10_000_000).isBetween(1_700_000_000L, 4_000_000_000L);
    assertThat(text.getMetadataMap()).containsOnlyKeys("type", "created", "content-type");
    UUIDOption structured = UUIDOption.newBuilder().setStructured(EMPTY).build();
    RecordedEvent bits =
        read(RawStreams.readStream("s").setUuidOption(structured)).getFirst().getEvent().getEvent();
    assertThat(bits.getId().getStructured().getMostSignificantBits())
        .isEqualTo(id.getMostSignificantBits());
    assertThat(bits.getId().getStructured().getLeastSignificantBits())
        .isEqualTo(id.getLeastSignificantBits());
  }

  @Test
  void every_event_of_an_append_has_a_position_of_its_own() throws Exception {
    long last = append("s", ExpectedRevision.any(), events(3)).getLogPosition().getCommitUnsigned();
    for (List<ReadResp> answers :
        List.of(read(RawStreams.readStream("s")), read(RawStreams.readAll()))) {
      List<ReadResp> events = answers.stream().filter(ReadResp::hasEvent).toList();
      assertThat(events.stream().map(answer -> answer.getEvent().getCommitPosition()))
          .containsExactly(last - 2, last - 1, last);
      assertThat(events)
          .allSatisfy(answer -> {
            RecordedEvent event = answer.getEvent().getEvent();
            assertThat(event.getPreparePosition()).isEqualTo(event.getCommitPosition());
            assertThat(event.getCommitPosition()).isEqualTo(answer.getEvent().getCommitPosition());
          });
    }
  }

  @Test
  void stream_says_where_it_ends_and_where_it_begins_if_the_first_page_is_hidden()
      throws Exception {
    append("s", ExpectedRevision.any(), events(100));
    assertThat(told(RawStreams.readStream("s").setCount(1))).containsExactly("last 99");
    assertThat(told(from("s", 100))).containsExactly("last 99");
    assertThat(told(from("s", 500))).containsExactly("first 100", "last 99");
    assertThat(told(from("s", 500).setReadDirection(ReadDirection.Backwards)))
        .containsExactly("last 99");
    assertThat(told(from("s", 500).clearControlOption())).isEmpty();
    metadata("{\"$tb\":50}");
    assertThat(told(RawStreams.readStream("s"))).containsExactly("first 50", "last 99");
    assertThat(told(from("s", 40))).containsExactly("last 99");
    assertThat(told(from("s", 40).setCount(10))).containsExactly("first 50", "last 99");
    metadata("{\"$tb\":1000}");
    assertThat(told(from("s", 990))).containsExactly("first 100", "last 99");
    assertThat(told(RawStreams.readAll())).isEmpty();
  }

  @Test
  void missing_stream_is_told_as_a_message_not_as_an_error() {
    ReadResp answer = read(RawStreams.readStream("missing")).getFirst();
    assertThat(answer.getStreamNotFound().getStreamIdentifier())
        .isEqualTo(RawStreams.stream("missing"));
  }

  @Test
  void all_is_filtered_by_prefixes_and_expressions_of_streams_and_types() throws Exception {
    append("order-1", ExpectedRevision.any(), event(UUID.randomUUID(), "placed.v1"));
    append("payment-1", ExpectedRevision.any(), event(UUID.randomUUID(), "taken.v1"));
    append("orders", ExpectedRevision.any(), event(UUID.randomUUID(), "placed.v2"));
    append("reorder", ExpectedRevision.any(), event(UUID.randomUUID(), "replaced.v1"));
    assertThat(streams(FilterOptions.newBuilder().setStreamIdentifier(prefixes("order", "pay"))))
        .containsExactly("order-1", "payment-1", "orders");
    assertThat(streams(FilterOptions.newBuilder().setStreamIdentifier(regex("order"))))
        .containsExactly("order-1", "orders", "reorder");
    assertThat(streams(FilterOptions.newBuilder().setStreamIdentifier(regex("^[^\\$].*-\\d+$"))))
        .containsExactly("order-1", "payment-1");
    assertThat(streams(FilterOptions.newBuilder().setEventType(prefixes("placed."))))
        .containsExactly("order-1", "orders");
    assertThat(streams(FilterOptions.newBuilder().setEventType(regex("placed\\.v1$"))))
        .containsExactly("order-1", "reorder");
    assertThat(streams(FilterOptions.newBuilder().setEventType(prefixes()))).isEmpty();
  }

  @Test
  void window_of_a_filter_does_not_limit_the_result() throws Exception {
    append("noise", ExpectedRevision.any(), events(300));
    append("s", ExpectedRevision.any(), events(3));
    append("noise", ExpectedRevision.any(), events(300));
    FilterOptions.Builder filter =
        FilterOptions.newBuilder().setStreamIdentifier(prefixes("s")).setMax(10);
    assertThat(streams(filter)).containsExactly("s", "s", "s");
    Options.Builder backwards =
        RawStreams.readAll()
            .setAll(Options.AllOptions.newBuilder().setEnd(EMPTY))
            .setReadDirection(ReadDirection.Backwards)
            .setFilter(filter)
            .setCount(2);
    assertThat(read(backwards).stream().map(answer -> answer.getEvent().getEvent()))
        .extracting(RecordedEvent::getStreamRevision)
        .containsExactly(2L, 1L);
  }

  @Test
  void trap_9_position_that_is_none_is_refused() {
    assertThat(refused(at(1_000_000, 1_000_000)).getDescription())
        .isEqualTo("Unexpected ReadAllResult: InvalidPosition");
    Options.Builder backwards = at(1_000_000, 1_000_000).setReadDirection(ReadDirection.Backwards);
    assertThat(refused(backwards).getCode()).isEqualTo(Code.UNKNOWN);
    assertThat(refused(at(1, 2)).getCode()).isEqualTo(Code.UNKNOWN);
    assertThat(refused(at(-5, -5)).getCode()).isEqualTo(Code.UNKNOWN);
    assertThat(refused(at(1_000_000, 1_000_000).setSubscription(SUBSCRIPTION)).getCode())
        .isEqualTo(Code.INVALID_ARGUMENT);
  }

  private static final SubscriptionOptions SUBSCRIPTION = SubscriptionOptions.getDefaultInstance();

  @Test
  void read_of_nothing_is_refused_as_the_server_of_eventstoredb_does() throws Exception {
    append("s", ExpectedRevision.any(), events(1));
    assertThat(refused(RawStreams.readStream("s").setCount(0)).getDescription())
        .isEqualTo("Unexpected ReadStreamResult: Error");
    assertThat(refused(from("s", -1)).getDescription())
        .isEqualTo("Unexpected ReadStreamResult: Error");
    assertThat(refused(from("missing", -1)).getCode()).isEqualTo(Code.UNKNOWN);
    assertThat(refused(from("s", -2)).getCode()).isEqualTo(Code.UNKNOWN);
  }

  @Test
  void options_that_do_not_go_together_are_refused() {
    FilterOptions filter = FilterOptions.newBuilder().setStreamIdentifier(prefixes("s")).build();
    FilterOptions noExpression =
        FilterOptions.newBuilder().setCheckpointIntervalMultiplier(1).build();
    FilterOptions badExpression =
        FilterOptions.newBuilder()
            .setStreamIdentifier(regex("("))
            .setCheckpointIntervalMultiplier(1)
            .build();
    for (Options.Builder options :
        List.of(
            Options.newBuilder(),
            RawStreams.readStream("s").clearUuidOption(),
            RawStreams.readStream("s").clearStream(),
            RawStreams.readStream("s").clearCount(),
            RawStreams.readStream("s").setFilter(filter),
            RawStreams.readStream("s")
                .setSubscription(SUBSCRIPTION)
                .setReadDirection(ReadDirection.Backwards),
            RawStreams.readAll().setAll(Options.AllOptions.getDefaultInstance()),
            RawStreams.readAll().setFilter(noExpression),
            RawStreams.readAll().setFilter(badExpression),
            RawStreams.readAll().setSubscription(SUBSCRIPTION).setFilter(filter))) {
      assertThat(refused(options).getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    }
  }

  private List<String> streams(FilterOptions.Builder filter) {
    return read(RawStreams.readAll().setFilter(filter)).stream()
        .map(answer -> answer.getEvent().getEvent().getStreamIdentifier().getStreamName())
        .map(name -> name.toString(StandardCharsets.UTF_8))
        .toList();
  }

  private static Expression prefixes(String... prefixes) {
    return Expression.newBuilder().addAllPrefix(List.of(prefixes)).build();
  }

  private static Expression regex(String regex) {
    return Expression.newBuilder().setRegex(regex).build();
  }

  private static Options.Builder from(String stream, long revision) {
    Options.Builder options = RawStreams.readStream(stream);
    options.getStreamBuilder().setRevision(revision);
    return options;
  }

  private static Options.Builder at(long commit, long prepare) {
    Options.Position position =
        Options.Position.newBuilder().setCommitPosition(commit).setPreparePosition(prepare).build();
    return RawStreams.readAll().setAll(Options.AllOptions.newBuilder().setPosition(position));
  }

  /// What is said beside the events.
  private List<String> told(Options.Builder options) {
    return read(options).stream()
        .filter(answer -> !answer.hasEvent())
        .map(answer ->
            answer.hasFirstStreamPosition()
                ? "first " + answer.getFirstStreamPosition()
                : "last " + answer.getLastStreamPosition())
        .toList();
  }

  private List<ReadResp> read(Options.Builder options) {
    List<ReadResp> answers = new ArrayList<>();
    raw.blocking().read(RawStreams.request(options)).forEachRemaining(answers::add);
    return answers;
  }

  private io.grpc.Status refused(Options.Builder options) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> read(options)).getStatus();
  }

  private void metadata(String json) throws Exception {
    byte[] data = json.getBytes(StandardCharsets.UTF_8);
    append(
        "$$s",
        ExpectedRevision.any(),
        EventDataBuilder.json(UUID.randomUUID(), "$metadata", data).build());
  }
}
