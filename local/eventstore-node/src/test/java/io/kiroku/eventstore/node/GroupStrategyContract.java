package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions.FilterOptions;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.AllOptions.FilterOptions.Expression;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp.ReadEvent;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Which consumer gets which message.
abstract class GroupStrategyContract extends GroupNodeTest {
  private static final int STREAMS = 20;

  GroupStrategyContract(Kind kind) {
    super(kind);
  }

  private void createOnAll(String strategy) {
    FilterOptions orders =
        FilterOptions.newBuilder()
            .setStreamIdentifier(Expression.newBuilder().addPrefix("order-"))
            .setCount(EMPTY)
            .build();
    create(
        CreateReq.Options.newBuilder()
            .setAll(AllOptions.newBuilder().setStart(EMPTY).setFilter(orders))
            .setGroupName(GROUP)
            .setSettings(settings().setConsumerStrategy(strategy)));
  }

  private RawConsumer consumeAll(int slots) {
    ReadReq.Options.Builder options = of(STREAM).clearStreamIdentifier().setAll(EMPTY);
    RawConsumer consumer = consume(options.setBufferSize(slots));
    eventually(() -> !consumer.answers.isEmpty());
    return consumer;
  }

  private static EventData about(String correlation) {
    byte[] metadata =
        "{\"$correlationId\":\"%s\"}".formatted(correlation).getBytes(StandardCharsets.UTF_8);
    return EventDataBuilder.json("happened", new byte[] {'{', '}'})
        .metadataAsBytes(metadata)
        .build();
  }

  @Test
  void round_robin_gives_each_the_next_and_passes_over_who_is_full() throws Exception {
    create(settings());
    RawConsumer small = consume(of(STREAM).setBufferSize(1));
    eventually(() -> !small.answers.isEmpty());
    RawConsumer big = consume(of(STREAM).setBufferSize(10));
    eventually(() -> !big.answers.isEmpty());
    append(6);
    awaitEvents(big, 5);
    assertThat(small.revisions()).containsExactly(0L);
    assertThat(big.revisions()).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void dispatch_to_single_turns_to_the_next_when_the_first_is_full() throws Exception {
    create(settings().setConsumerStrategy("DispatchToSingle"));
    RawConsumer first = consume(of(STREAM).setBufferSize(3));
    eventually(() -> !first.answers.isEmpty());
    RawConsumer second = consume(of(STREAM).setBufferSize(3));
    eventually(() -> !second.answers.isEmpty());
    append(5);
    awaitEvents(second, 2);
    assertThat(first.revisions()).containsExactly(0L, 1L, 2L);
    assertThat(second.revisions()).containsExactly(3L, 4L);
  }

  @Test
  void pinned_messages_wait_for_their_consumer_and_let_those_of_others_pass() throws Exception {
    createOnAll("Pinned");
    RawConsumer busy = consumeAll(1);
    RawConsumer quick = consumeAll(200);
    for (int i = 0; i < STREAMS; i++) {
      append("order-" + i, ExpectedRevision.any(), events(3));
    }
    eventually(() -> busy.events().size() == 1 && settled(quick));
    Set<String> quicks = new HashSet<>(quick.streams());
    assertThat(quicks).isNotEmpty().hasSizeLessThan(STREAMS);
    for (int i = 0; busy.events().size() + quick.events().size() < 3 * STREAMS; i++) {
      busy.ack(i);
      int next = i + 1;
      eventually(() ->
          busy.events().size() > next
              || busy.events().size() + quick.events().size() == 3 * STREAMS);
    }
    assertThat(new HashSet<>(busy.streams())).doesNotContainAnyElementsOf(quicks);
    for (String stream : Set.copyOf(busy.streams())) {
      assertThat(revisions(busy.events(), stream)).containsExactly(0L, 1L, 2L);
    }
  }

  /// Whether each stream that it got anything of has come completely.
  private static boolean settled(RawConsumer consumer) {
    return !consumer.streams().isEmpty()
        && consumer.events().size() == 3 * new HashSet<>(consumer.streams()).size();
  }

  private static List<Long> revisions(List<ReadEvent> events, String stream) {
    return events.stream()
        .map(ReadEvent::getEvent)
        .filter(event -> event.getStreamIdentifier().getStreamName().toStringUtf8().equals(stream))
        .map(event -> event.getStreamRevision())
        .toList();
  }

  @Test
  void pinned_by_correlation_keeps_what_belongs_together_with_one_consumer() throws Exception {
    createOnAll("PinnedByCorrelation");
    RawConsumer one = consumeAll(200);
    RawConsumer other = consumeAll(200);
    for (int i = 0; i < STREAMS; i++) {
      append("order-" + i, ExpectedRevision.any(), about("a"), about("b"), about("c" + i));
      append("order-x" + i, ExpectedRevision.any(), about("c" + i));
    }
    eventually(() -> one.events().size() + other.events().size() == 4 * STREAMS);
    assertThat(correlations(one)).isNotEmpty().doesNotContainAnyElementsOf(correlations(other));
    assertThat(correlations(other)).isNotEmpty();
  }

  private static Set<String> correlations(RawConsumer consumer) {
    return consumer.events().stream()
        .map(event -> event.getEvent().getCustomMetadata().toStringUtf8())
        .collect(Collectors.toSet());
  }

  @Test
  void streams_of_a_consumer_that_left_go_to_the_others() throws Exception {
    createOnAll("Pinned");
    RawConsumer leaving = consumeAll(200);
    RawConsumer staying = consumeAll(200);
    for (int i = 0; i < STREAMS; i++) {
      append("order-" + i, ExpectedRevision.any(), events(1));
    }
    eventually(() -> leaving.events().size() + staying.events().size() == STREAMS);
    assertThat(leaving.events()).isNotEmpty();
    leaving.cancel();
    awaitEvents(staying, STREAMS);
    assertThat(new HashSet<>(staying.streams())).hasSize(STREAMS);
  }
}
