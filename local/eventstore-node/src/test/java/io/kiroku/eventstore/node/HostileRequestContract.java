package io.kiroku.eventstore.node;

import static io.kiroku.eventstore.node.Requests.EMPTY;
import static io.kiroku.eventstore.node.Requests.appendTo;
import static io.kiroku.eventstore.node.Requests.options;
import static io.kiroku.eventstore.node.Requests.proposal;
import static io.kiroku.eventstore.node.Requests.proposed;
import static io.kiroku.eventstore.node.Requests.readAll;
import static io.kiroku.eventstore.node.Requests.readOf;
import static io.kiroku.eventstore.node.Requests.request;
import static io.kiroku.eventstore.node.Requests.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadAllOptions;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.grpc.Status;
import io.kiroku.eventstore.node.proto.persistent.Persistent;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq;
import io.kiroku.eventstore.node.proto.shared.Shared;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.DeleteReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq.Options.FilterOptions;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.TombstoneReq;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Requests that no client of good will makes: each gets a clear error, and others are served on.
abstract class HostileRequestContract extends NodeTest {
  private static final ByteString NO_UTF_8 =
      ByteString.copyFrom(new byte[] {'s', (byte) 0xc3, '('});
  private static final ByteString HALF_A_PAIR =
      ByteString.copyFrom(new byte[] {'s', (byte) 0xed, (byte) 0xa0, (byte) 0x80});
  private static final String ENORMOUS = "x".repeat(1 << 20);

  private RawCalls raw;

  @SuppressWarnings("NullAway.Init") // set before each test
  HostileRequestContract(Kind kind) {
    super(kind);
  }

  @BeforeEach
  void openChannel() {
    raw = new RawCalls(node.host(), node.port());
  }

  /// Whatever was asked before.
  @AfterEach
  void others_are_served_on() throws Exception {
    raw.close();
    int before = result(client.readAll(ReadAllOptions.get().fromStart())).getEvents().size();
    append("another", ExpectedRevision.any(), events(2));
    assertThat(read("another")).hasSizeGreaterThanOrEqualTo(2);
    restart();
    assertThat(result(client.readAll(ReadAllOptions.get().fromStart())).getEvents())
        .hasSize(before + 2);
  }

  @Test
  void append_without_what_it_needs_is_an_invalid_argument() throws Exception {
    AppendReq to = options(appendTo("s"));
    AppendReq event = proposed(proposal());
    assertInvalid(RawCalls.APPEND);
    assertInvalid(RawCalls.APPEND, AppendReq.getDefaultInstance());
    assertInvalid(RawCalls.APPEND, event);
    assertInvalid(RawCalls.APPEND, event, to);
    assertInvalid(RawCalls.APPEND, to, to);
    assertInvalid(RawCalls.APPEND, to, AppendReq.getDefaultInstance());
    assertInvalid(RawCalls.APPEND, options(appendTo("s").clearAny()), event);
    assertInvalid(RawCalls.APPEND, options(appendTo("s").clearStreamIdentifier()), event);
    assertInvalid(RawCalls.APPEND, to, proposed(proposal().clearId()));
    assertInvalid(RawCalls.APPEND, to, proposed(proposal().setId(id("0-0-0-0-0"))));
    assertInvalid(RawCalls.APPEND, to, proposed(proposal().setId(id("no id"))));
    assertInvalid(RawCalls.APPEND, to, proposed(proposal().removeMetadata("type")));
    assertInvalid(RawCalls.APPEND, to, proposed(proposal().removeMetadata("content-type")));
    assertInvalid(RawCalls.APPEND, to, proposed(proposal().putMetadata("type", "")));
    assertInvalid(RawCalls.APPEND, to, proposed(proposal().putMetadata("type", "nul\0")));
    assertInvalid(RawCalls.APPEND, to, proposed(proposal().putMetadata("type", ENORMOUS)));
    assertThat(raw.status(RawCalls.APPEND, options(appendTo("s").setRevision(-5)), event).getCode())
        .isEqualTo(Status.Code.UNKNOWN); // as EventStoreDB
    assertThat(raw.status(RawCalls.APPEND, to, event).getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void name_that_is_none_is_an_invalid_argument_wherever_it_is_used() throws Exception {
    for (ByteString name :
        List.of(
            ByteString.EMPTY,
            ByteString.copyFromUtf8("nul\0"),
            ByteString.copyFromUtf8("$$"),
            ByteString.copyFromUtf8(ENORMOUS),
            NO_UTF_8,
            HALF_A_PAIR)) {
      var stream = Requests.stream(name);
      assertInvalid(
          RawCalls.APPEND,
          options(appendTo("s").setStreamIdentifier(stream)),
          proposed(proposal()));
      assertInvalid(
          RawCalls.DELETE,
          DeleteReq.newBuilder()
              .setOptions(DeleteReq.Options.newBuilder().setStreamIdentifier(stream).setAny(EMPTY))
              .build());
      assertInvalid(
          RawCalls.TOMBSTONE,
          TombstoneReq.newBuilder()
              .setOptions(
                  TombstoneReq.Options.newBuilder().setStreamIdentifier(stream).setAny(EMPTY))
              .build());
      var from = Options.StreamOptions.newBuilder().setStreamIdentifier(stream).setStart(EMPTY);
      assertInvalid(RawCalls.READ, request(readAll().setStream(from)));
      assertInvalid(RawCalls.READ, request(subscription(readAll().setStream(from))));
      assertRefused(
          RawCalls.GROUP + "Create",
          create("group")
              .setStream(CreateReq.StreamOptions.newBuilder().setStreamIdentifier(stream)));
    }
  }

  @Test
  void read_without_what_it_needs_is_an_invalid_argument() throws Exception {
    assertInvalid(RawCalls.READ, ReadReq.getDefaultInstance());
    assertInvalid(RawCalls.READ, request(readAll().clearUuidOption()));
    assertInvalid(RawCalls.READ, request(readAll().clearAll()));
    assertInvalid(RawCalls.READ, request(readAll().clearCount()));
    assertInvalid(
        RawCalls.READ, request(readAll().setAll(Options.AllOptions.getDefaultInstance())));
    assertInvalid(RawCalls.READ, request(readOf("s").setFilter(types("a"))));
    assertInvalid(RawCalls.READ, request(readAll().setFilter(FilterOptions.getDefaultInstance())));
    assertInvalid(RawCalls.READ, request(readAll().setFilter(types("(["))));
    var filtered = subscription(readAll().setFilter(types("a").setMax(10)));
    assertInvalid(RawCalls.READ, request(filtered)); // no checkpoint interval
    assertInvalid(
        RawCalls.READ,
        request(subscription(readAll()).setReadDirection(Options.ReadDirection.Backwards)));
    assertInvalid(
        RawCalls.READ, request(subscription(readAll().setAll(position(1L << 62, 1L << 62)))));
  }

  @Test
  void numbers_out_of_range_are_refused_and_huge_ones_are_taken_at_their_word() throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    assertUnknown(request(readAll().setCount(0)));
    assertUnknown(request(readAll().setAll(position(-2, -2))));
    assertUnknown(request(readAll().setAll(position(1, 2))));
    assertUnknown(request(readAll().setAll(position(1L << 62, 1L << 62))));
    assertUnknown(request(revision(-2)));
    for (Options.Builder options :
        List.of(revision(Long.MAX_VALUE - 1), revision(0).setCount(-1), readAll().setCount(-1))) {
      assertThat(raw.status(RawCalls.READ, request(options)).getCode()).isEqualTo(Status.Code.OK);
      assertThat(raw.status(RawCalls.READ, request(subscription(options))).getCode())
          .isEqualTo(Status.Code.OK);
    }
  }

  @Test
  void bytes_that_are_no_message_get_an_error_of_their_own() throws Exception {
    byte[] options = options(appendTo("s")).toByteArray();
    byte[] event = proposed(proposal()).toByteArray();
    byte[] noUtf8 = event.clone();
    noUtf8[indexOf(event, "written")] = (byte) 0xff;
    for (byte[] broken :
        List.of(
            new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3},
            new byte[] {0x0a, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f},
            Arrays.copyOf(event, event.length - 1),
            noUtf8)) {
      assertBroken(raw.status(RawCalls.APPEND, options, broken));
    }
    assertBroken(raw.status(RawCalls.READ, new byte[] {0x0a, 0x7f, 1}));
    assertBroken(raw.status(RawCalls.GROUP + "Create", new byte[] {0x0a, 0x7f, 1}));
    assertBroken(raw.status(RawCalls.GROUP + "Read", new byte[] {0x0a, 0x7f, 1}));
    assertThat(raw.status("event_store.client.streams.Streams/Nothing", options).getCode())
        .isEqualTo(Status.Code.UNIMPLEMENTED);
  }

  @Test
  void trap_16_message_that_is_too_big_is_refused_before_it_is_kept() throws Exception {
    ByteString sixteen = ByteString.copyFrom(new byte[16 << 20]);
    Status tooBig =
        raw.status(RawCalls.APPEND, options(appendTo("s")), proposed(proposal().setData(sixteen)));
    assertThat(tooBig.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(tooBig.getDescription()).contains("Maximum Append Size");
    ByteString twenty = ByteString.copyFrom(new byte[20 << 20]);
    assertThat(
            raw.status(
                    RawCalls.APPEND, options(appendTo("s")), proposed(proposal().setData(twenty)))
                .getCode())
        .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void group_that_cannot_be_kept_is_refused() throws Exception {
    for (String name : List.of("", "nul\0", ENORMOUS)) {
      CreateReq.Options.Builder options = create(name);
      assertRefused(
          RawCalls.GROUP + "Create",
          options.setAll(CreateReq.AllOptions.newBuilder().setStart(EMPTY)));
      assertRefused(
          RawCalls.GROUP + "Create",
          options.setStream(
              CreateReq.StreamOptions.newBuilder().setStreamIdentifier(Requests.stream("s"))));
    }
    assertInvalid(RawCalls.GROUP + "Read", Persistent.ReadReq.getDefaultInstance());
    assertInvalid(
        RawCalls.GROUP + "Read",
        Persistent.ReadReq.newBuilder()
            .setAck(Persistent.ReadReq.Ack.getDefaultInstance())
            .build());
    assertThat(
            raw.status(
                    RawCalls.GROUP + "Read",
                    Persistent.ReadReq.newBuilder()
                        .setOptions(
                            Persistent.ReadReq.Options.newBuilder()
                                .setAll(EMPTY)
                                .setGroupName("nul\0"))
                        .build())
                .getCode())
        .isNotEqualTo(Status.Code.OK);
  }

  /// Metadata and links are read by the node itself, also when others read.
  @Test
  void hostile_content_harms_no_reader() throws Exception {
    append("s", ExpectedRevision.any(), events(3));
    for (String json :
        List.of(
            "[".repeat(100_000),
            "{\"$maxCount\":1e999999999}",
            "{\"$maxAge\":9223372036854775807}",
            "{\"$tb\":-5,\"$maxCount\":1.0e-400}",
            "{\"$maxAge\":\"\\ud800\"}")) {
      append("$$s", ExpectedRevision.any(), binary("$metadata", json));
      assertThat(read("s")).as(json.substring(0, 20)).hasSize(3);
    }
    for (String link :
        List.of(
            "0@",
            "@",
            "0",
            "-1@s",
            "0@nul\0",
            "0@$$",
            "9223372036854775807@s",
            "0@" + ENORMOUS.substring(99_999))) {
      append("links", ExpectedRevision.any(), binary("$>", link));
    }
    append("links", ExpectedRevision.any(), binary("$>", "0@s"));
    ReadAllOptions options = ReadAllOptions.get().fromStart().resolveLinkTos();
    assertThat(result(client.readAll(options)).getEvents())
        .anyMatch(event -> event.getLink() != null && event.getEvent() != null);
  }

  @Test
  void filter_that_would_take_for_ever_is_given_up() throws Exception {
    append("s", ExpectedRevision.any(), binary("a".repeat(100), "{}"));
    assertInvalid(RawCalls.READ, request(readAll().setFilter(types("(a|aa)+(b)?\\2$"))));
    assertInvalid(RawCalls.READ, request(readAll().setFilter(types("(".repeat(1 << 20)))));
    assertInvalid(
        RawCalls.READ,
        request(readAll().setFilter(types("(".repeat(1 << 19) + "a" + ")".repeat(1 << 19)))));
  }

  @Test
  void spoilt_messages_are_answered_and_harm_nobody() throws Exception {
    Random random = new Random(Long.getLong("kiroku.node.seed", 1));
    List<byte[]> whole = new ArrayList<>();
    whole.add(options(appendTo("spoilt")).toByteArray());
    whole.add(proposed(proposal()).toByteArray());
    whole.add(Requests.batch("spoilt").toByteArray());
    whole.add(request(readOf("spoilt")).toByteArray());
    whole.add(request(readAll().setFilter(types("a").setMax(9))).toByteArray());
    whole.add(
        CreateReq.newBuilder()
            .setOptions(create("spoilt").setAll(CreateReq.AllOptions.newBuilder().setEnd(EMPTY)))
            .build()
            .toByteArray());
    for (int i = 0; i < 300; i++) {
      byte[] spoilt = spoilt(whole.get(random.nextInt(whole.size())), random);
      List<Status> statuses =
          List.of(
              raw.status(RawCalls.APPEND, whole.get(0), spoilt),
              raw.status(RawCalls.APPEND, spoilt, whole.get(1)),
              raw.status(RawCalls.BATCH_APPEND, spoilt),
              raw.status(RawCalls.READ, spoilt),
              raw.status(RawCalls.DELETE, spoilt),
              raw.status(RawCalls.GROUP + "Create", spoilt),
              raw.status(RawCalls.GROUP + "GetInfo", spoilt));
      assertThat(statuses)
          .as("%d: %s", i, ByteString.copyFrom(spoilt))
          .extracting(Status::getCode)
          .doesNotContain(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED);
    }
  }

  private static byte[] spoilt(byte[] whole, Random random) {
    byte[] spoilt = Arrays.copyOf(whole, whole.length - random.nextInt(3));
    for (int i = random.nextInt(3); i >= 0; i--) {
      spoilt[random.nextInt(spoilt.length)] = (byte) random.nextInt(256);
    }
    return spoilt;
  }

  private void assertInvalid(String method, MessageLite... messages) throws Exception {
    Status status = raw.status(method, messages);
    assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).isNotEmpty();
  }

  /// Not because the node failed.
  private void assertRefused(String method, CreateReq.Options.Builder options) throws Exception {
    Status status = raw.status(method, CreateReq.newBuilder().setOptions(options).build());
    assertThat(status.getCode())
        .as("%s", status)
        .isIn(Status.Code.INVALID_ARGUMENT, Status.Code.INTERNAL);
    assertThat(status.getDescription()).isNotEmpty();
  }

  private void assertUnknown(ReadReq request) throws Exception {
    Status status = raw.status(RawCalls.READ, request);
    assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.UNKNOWN);
    assertThat(status.getDescription()).isNotEmpty();
  }

  private static void assertBroken(Status status) {
    assertThat(status.getCode()).as("%s", status).isEqualTo(Status.Code.INTERNAL);
    assertThat(status.getDescription()).contains("protobuf");
  }

  private static CreateReq.Options.Builder create(String group) {
    return CreateReq.Options.newBuilder()
        .setGroupName(group)
        .setSettings(CreateReq.Settings.newBuilder().setHistoryBufferSize(50).setReadBatchSize(10));
  }

  private static Options.Builder revision(long revision) {
    return readOf("s")
        .setStream(
            Options.StreamOptions.newBuilder()
                .setStreamIdentifier(Requests.stream("s"))
                .setRevision(revision));
  }

  private static Options.AllOptions position(long commit, long prepare) {
    return Options.AllOptions.newBuilder()
        .setPosition(
            Options.Position.newBuilder().setCommitPosition(commit).setPreparePosition(prepare))
        .build();
  }

  private static FilterOptions.Builder types(String regex) {
    return FilterOptions.newBuilder()
        .setEventType(FilterOptions.Expression.newBuilder().setRegex(regex));
  }

  private static Shared.UUID id(String text) {
    return Shared.UUID.newBuilder().setString(text).build();
  }

  private static EventData binary(String type, String data) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    return EventDataBuilder.binary(UUID.randomUUID(), type, bytes).build();
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }
}
