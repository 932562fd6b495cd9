package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.CreatePersistentSubscriptionToStreamOptions;
import com.eventstore.dbclient.DeleteStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamMetadata;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.grpc.Status;
import io.kiroku.eventstore.node.Consumed.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// The streams that system projections fill, for readers and subscribers.
abstract class ProjectionContract extends NodeTest {
  private static final Duration WAIT = Duration.ofSeconds(WAIT_SECONDS);

  ProjectionContract(Kind kind) {
    super(kind);
  }

  @Override
  EventStoreNode.Builder nodeOptions() {
    return super.nodeOptions().standardProjections(true);
  }

  @Test
  void every_event_is_linked_by_category_type_and_correlation() throws Exception {
    append("order-1", ExpectedRevision.any(), of("placed", "job"), of("paid", "other"));
    append("order-2", ExpectedRevision.any(), of("placed", "job"));
    append("stock", ExpectedRevision.any(), of("placed", "job"));
    append("-odd", ExpectedRevision.any(), events(1));
    awaitLinks("$et-event-0", 1);
    assertThat(texts("$ce-order")).containsExactly("0@order-1", "1@order-1", "0@order-2");
    assertThat(texts("$et-placed")).containsExactly("0@order-1", "0@order-2", "0@stock");
    assertThat(texts("$bc-job")).containsExactly("0@order-1", "0@order-2", "0@stock");
    assertThat(texts("$category-order")).containsExactly("order-1", "order-2");
    assertThat(texts("$streams")).contains("0@order-1", "0@order-2", "0@stock", "0@-odd");
    assertThatThrownBy(() -> read("$ce-")).isInstanceOf(StreamNotFoundException.class);
  }

  @Test
  void link_says_what_it_comes_from() throws Exception {
    EventData event = of("placed", "job");
    long position =
        append("order-1", ExpectedRevision.any(), event).getLogPosition().getCommitUnsigned();
    awaitLinks("$bc-job", 1);
    RecordedEvent link = read("$ce-order").getFirst().getEvent();
    assertThat(link.getEventType()).isEqualTo("$>");
    assertThat(link.getContentType()).isEqualTo("application/octet-stream");
    assertThat(link.getPosition().getCommitUnsigned()).isEqualTo(position);
    JsonObject metadata = metadata(link);
    assertThat(metadata.get("$v").getAsString()).matches("\\d+:-?\\d+:\\d+:\\d+");
    assertThat(metadata.get("$c").getAsLong()).isEqualTo(position);
    assertThat(metadata.get("$p").getAsLong()).isEqualTo(position);
    assertThat(metadata.get("$o").getAsString()).isEqualTo("order-1");
    assertThat(metadata.get("$causedBy").getAsString()).isEqualTo(event.getEventId().toString());
    assertThat(metadata.get("$correlationId").getAsString()).isEqualTo("job");
    assertThat(metadata.has("$deleted")).isFalse();
    assertThat(metadata(read("$bc-job").getFirst().getEvent()).get("$eventTimestamp").getAsString())
        .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z");
    assertThat(read("$category-order").getFirst().getEvent().getEventType()).isEqualTo("$@");
  }

  @Test
  void resolved_links_show_the_event_and_its_place_in_both_streams() throws Exception {
    append("order-1", ExpectedRevision.any(), events(3));
    append("order-2", ExpectedRevision.any(), events(2));
    awaitLinks("$ce-order", 5);
    var options = ReadStreamOptions.get().resolveLinkTos();
    assertThat(read("$ce-order", options.forwards().fromRevision(1).maxCount(3)))
        .extracting(e -> e.getLink().getRevision() + " " + text(e.getEvent()))
        .containsExactly("1 1@order-1", "2 2@order-1", "3 0@order-2");
    assertThat(read("$ce-order", options.backwards().fromEnd().maxCount(2)))
        .extracting(e -> e.getLink().getRevision() + " " + text(e.getEvent()))
        .containsExactly("4 1@order-2", "3 0@order-2");
    assertThat(read("$ce-order", options.backwards().fromRevision(1).maxCount(10)))
        .extracting(e -> e.getOriginalEvent().getRevision())
        .containsExactly(1L, 0L);
  }

  @Test
  void links_to_deleted_streams_come_alone_and_deletions_are_marked() throws Exception {
    append("order-1", ExpectedRevision.any(), events(1));
    append("order-2", ExpectedRevision.any(), events(1));
    result(client.deleteStream("order-1", DeleteStreamOptions.get()));
    result(client.tombstoneStream("order-2", DeleteStreamOptions.get()));
    awaitLinks("$et-$deleted", 2);
    assertThat(texts("$et-$deleted"))
        .containsExactly("0@order-1", Long.MAX_VALUE + "@order-2"); // as EventStoreDB writes it
    assertThat(texts("$ce-order"))
        .containsExactly("0@order-1", "0@order-2", "0@$$order-1", Long.MAX_VALUE + "@order-2");
    List<ResolvedEvent> links = read("$ce-order", ReadStreamOptions.get().resolveLinkTos());
    assertThat(links)
        .extracting(e -> e.getEvent() == null)
        .containsExactly(true, true, false, true);
    assertThat(links)
        .extracting(e -> metadata(e.getOriginalEvent()).has("$deleted"))
        .containsExactly(false, false, true, true);
    assertThat(metadata(links.get(2).getOriginalEvent()).get("$o").getAsString())
        .isEqualTo("order-1");
  }

  @Test
  void links_of_clients_are_linked_by_what_they_say() throws Exception {
    append("order-1", ExpectedRevision.any(), events(2));
    EventData link =
        EventDataBuilder.binary("$>", "1@order-1".getBytes(StandardCharsets.UTF_8))
            .metadataAsBytes("{\"$correlationId\":\"job\"}".getBytes(StandardCharsets.UTF_8))
            .build();
    append("basket-1", ExpectedRevision.any(), link);
    awaitLinks("$ce-basket", 1);
    assertThat(texts("$ce-basket")).containsExactly("1@order-1");
    assertThat(texts("$bc-job")).containsExactly("1@order-1");
    assertThat(metadata(read("$bc-job").getFirst().getEvent()).has("$link")).isTrue();
    assertThat(
            text(
                read("$ce-basket", ReadStreamOptions.get().resolveLinkTos()).getFirst().getEvent()))
        .isEqualTo("1@order-1");
    assertThatThrownBy(() -> read("$et-$>")).isInstanceOf(StreamNotFoundException.class);
  }

  @Test
  void what_cannot_name_a_stream_correlates_nothing() throws Exception {
    for (String metadata :
        List.of(
            "[\"$correlationId\"]",
            "{\"$correlationId\":",
            "{\"$correlationId\":null}",
            "{\"$correlationId\":\"\"}",
            "{\"$correlationId\":\"a\\u0000b\"}",
            "{\"$correlationId\":\"\\ud800\"}",
            "{\"$correlationId\":\"" + "x".repeat(601) + "\"}")) {
      append("order-1", ExpectedRevision.any(), with("odd", metadata));
    }
    append("order-1", ExpectedRevision.any(), of("placed", "last"));
    awaitLinks("$bc-last", 1);
    assertThat(texts("$et-odd")).hasSize(7);
  }

  @Test
  void subscription_to_a_category_goes_on_live() throws Exception {
    append("order-1", ExpectedRevision.any(), events(2));
    awaitLinks("$ce-order", 2);
    Heard heard = new Heard();
    var options = SubscribeToStreamOptions.get().fromStart().resolveLinkTos();
    result(client.subscribeToStream("$ce-order", heard, options));
    await().atMost(WAIT).until(() -> heard.caughtUp.get() == 1);
    for (int i = 2; i < 40; i++) {
      append("order-" + i, ExpectedRevision.noStream(), events(3));
    }
    await().atMost(WAIT).until(() -> heard.events.size() == 2 + 38 * 3);
    assertThat(heard.events.stream().map(e -> e.getOriginalEvent().getRevision()))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(text(heard.events.getLast().getEvent())).isEqualTo("2@order-39");
    assertThat(heard.caughtUp).hasValue(1);
  }

  @Test
  void persistent_subscription_to_a_category_delivers_links() throws Exception {
    append("order-1", ExpectedRevision.any(), events(2));
    result(
        groups.createToStream(
            "$ce-order",
            "group",
            CreatePersistentSubscriptionToStreamOptions.get().fromStart().resolveLinkTos()));
    Consumed consumed = new Consumed(Answer.ACK);
    result(groups.subscribeToStream("$ce-order", "group", consumed));
    append("order-2", ExpectedRevision.any(), events(2));
    await().atMost(WAIT).until(() -> consumed.events.size() == 4);
    assertThat(consumed.events)
        .extracting(e -> e.getLink().getRevision() + " " + text(e.getEvent()))
        .containsExactly("0 0@order-1", "1 1@order-1", "2 0@order-2", "3 1@order-2");
  }

  @Test
  void restarted_node_goes_on_where_it_was() throws Exception {
    append("order-1", ExpectedRevision.any(), events(200));
    restart();
    append("order-1", ExpectedRevision.any(), events(200));
    awaitLinks("$ce-order", 400);
    assertFolded();
  }

  @Test
  void streams_of_links_belong_to_the_projections_alone() {
    for (String stream : List.of("$ce-order", "$et-placed", "$bc-job", "$category-x", "$streams")) {
      assertThatThrownBy(() -> append(stream, ExpectedRevision.any(), events(1)))
          .satisfies(e ->
              assertThat(Status.fromThrowable(e).getCode())
                  .isEqualTo(Status.Code.INVALID_ARGUMENT));
    }
  }

  @Test
  void metadata_bounds_what_is_seen_of_a_stream_of_links() throws Exception {
    StreamMetadata metadata = new StreamMetadata();
    metadata.setMaxCount(2L);
    result(client.setStreamMetadata("$ce-order", metadata));
    append("order-1", ExpectedRevision.any(), events(5));
    await()
        .atMost(WAIT)
        .untilAsserted(
            () -> assertThat(texts("$ce-order")).containsExactly("3@order-1", "4@order-1"));
  }

  @Test
  void all_shows_no_links_but_the_fold_of_all_is_what_the_streams_say() throws Exception {
    for (int i = 0; i < 50; i++) {
      append("order-" + i % 7, ExpectedRevision.any(), of("placed", "job-" + i % 5));
      append("s" + i % 3, ExpectedRevision.any(), events(1 + i % 4));
    }
    result(client.deleteStream("order-3", DeleteStreamOptions.get()));
    append("order-3", ExpectedRevision.any(), events(1));
    awaitLinks("$et-$deleted", 1);
    assertFolded();
    assertThat(all()).noneMatch(e -> e.getEventType().equals("$>"));
  }

  /// Every stream of links is exactly what `$all` makes of it.
  void assertFolded() throws Exception {
    Map<String, List<String>> expected = Fold.of(all());
    await()
        .atMost(WAIT)
        .untilAsserted(() -> {
          for (var stream : expected.entrySet()) {
            assertThat(texts(stream.getKey())).as(stream.getKey()).isEqualTo(stream.getValue());
          }
        });
  }

  List<RecordedEvent> all() throws Exception {
    return result(client.readAll(ReadAllOptions.get().fromStart())).getEvents().stream()
        .map(ResolvedEvent::getOriginalEvent)
        .toList();
  }

  private void awaitLinks(String stream, int count) {
    await()
        .atMost(WAIT)
        .ignoreExceptionsInstanceOf(StreamNotFoundException.class)
        .until(() -> texts(stream).size() >= count);
  }

  List<String> texts(String stream) throws Exception {
    return read(stream).stream().map(e -> Fold.data(e.getOriginalEvent())).toList();
  }

  private List<ResolvedEvent> read(String stream, ReadStreamOptions options) throws Exception {
    return result(client.readStream(stream, options)).getEvents();
  }

  private static String text(RecordedEvent event) {
    return event.getRevision() + "@" + event.getStreamId();
  }

  private static JsonObject metadata(RecordedEvent event) {
    return JsonParser.parseString(new String(event.getUserMetadata(), StandardCharsets.UTF_8))
        .getAsJsonObject();
  }

  static EventData of(String type, String correlation) {
    return with(type, "{\"$correlationId\":\"%s\"}".formatted(correlation));
  }

  private static EventData with(String type, String metadata) {
    return EventDataBuilder.json(UUID.randomUUID(), type, new byte[] {'{', '}'})
        .metadataAsBytes(metadata.getBytes(StandardCharsets.UTF_8))
        .build();
  }
}
