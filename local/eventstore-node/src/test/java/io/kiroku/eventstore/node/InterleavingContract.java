package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.CreatePersistentSubscriptionToAllOptions;
import com.eventstore.dbclient.CreatePersistentSubscriptionToStreamOptions;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.SubscribeToAllOptions;
import com.eventstore.dbclient.SubscribeToStreamOptions;
import com.eventstore.dbclient.SubscriptionFilter;
import io.kiroku.eventstore.node.Consumed.Answer;
import io.kiroku.eventstore.node.log.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Many write while many follow, who go away and come back at random moments. The node remembers so
/// little that all of them are thrown back on the storage again and again.
///
/// `-Dkiroku.node.seed=` chooses other streams, sizes and moments.
abstract class InterleavingContract extends NodeTest {
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final int WRITERS = 6;
  private static final int APPENDS = 40;
  private static final int STREAMS = 4;
  private static final String GROUP = "group";
  private static final String FIRST = "even-0";

  private final Random random = new Random(Long.getLong("kiroku.node.seed", 1));

  InterleavingContract(Kind kind) {
    super(kind);
  }

  @Override
  EventStoreNode.Builder nodeOptions() {
    return super.nodeOptions().limits(new Limits(64, 64 << 10, 64 << 10, 64 << 20));
  }

  private record Followed(Follower follower, Predicate<RecordedEvent> wanted) {}

  @Test
  void every_subscriber_sees_every_event_once_and_in_order_whatever_the_interleaving()
      throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        Random choices = new Random(random.nextLong());
        writers.add(
            executor.submit(() -> {
              write(choices);
              return null;
            }));
      }
      Map<String, Followed> followers = followers(executor);
      followers.values().forEach(followed -> followed.follower().follow());
      for (Future<?> writer : writers) {
        writer.get();
      }
      List<RecordedEvent> all = all();
      followers.forEach((name, followed) -> {
        List<Position> expected = positions(all, followed.wanted());
        assertThat(followed.follower().positions(expected.size())).as(name).isEqualTo(expected);
      });
    }
  }

  @Test
  void every_group_gets_every_event_at_least_once_whatever_the_interleaving() throws Exception {
    var ofAll = CreatePersistentSubscriptionToAllOptions.get().fromStart().filter(odd());
    result(groups.createToAll(GROUP, ofAll));
    var ofStream = CreatePersistentSubscriptionToStreamOptions.get().fromStart();
    result(groups.createToStream(FIRST, GROUP, ofStream));
    Consumed one = new Consumed(Answer.ACK);
    Consumed other = new Consumed(Answer.ACK);
    Consumed first = new Consumed(Answer.ACK);
    result(groups.subscribeToAll(GROUP, one));
    result(groups.subscribeToStream(FIRST, GROUP, first));
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> writers = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        Random choices = new Random(random.nextLong());
        writers.add(
            executor.submit(() -> {
              write(choices);
              return null;
            }));
      }
      await().atMost(WAIT).until(() -> one.events.size() > 100);
      result(groups.subscribeToAll(GROUP, other));
      for (Future<?> writer : writers) {
        writer.get();
      }
    }
    List<RecordedEvent> all = all();
    assertDelivered(List.of(first), positions(all, of -> of.getStreamId().equals(FIRST)));
    assertDelivered(List.of(one, other), positions(all, of -> of.getStreamId().startsWith("odd")));
  }

  private Map<String, Followed> followers(ExecutorService executor) {
    SubscriptionFilter types =
        SubscriptionFilter.newBuilder().withEventTypeRegularExpression("-[02]$").build();
    Map<String, Followed> followers = new LinkedHashMap<>();
    followers.put("all", followed(executor, ofAll(null), _ -> true));
    followers.put("all, too", followed(executor, ofAll(null), _ -> true));
    followers.put(
        "by name", followed(executor, ofAll(odd()), of -> of.getStreamId().startsWith("odd-")));
    followers.put(
        "by type", followed(executor, ofAll(types), of -> of.getEventType().matches(".*-[02]")));
    for (String stream : List.of(FIRST, "odd-1")) {
      followers.put(
          stream, followed(executor, ofStream(stream), of -> of.getStreamId().equals(stream)));
    }
    return followers;
  }

  private Followed followed(
      ExecutorService executor, Follower.Source source, Predicate<RecordedEvent> wanted) {
    return new Followed(new Follower(source, new Random(random.nextLong()), executor), wanted);
  }

  private Follower.Source ofAll(@Nullable SubscriptionFilter filter) {
    return (last, to) -> {
      SubscribeToAllOptions options = SubscribeToAllOptions.get();
      if (filter != null) {
        options.filter(filter);
      }
      if (last == null) {
        options.fromStart();
      } else {
        options.fromPosition(last.getPosition());
      }
      return client.subscribeToAll(to, options);
    };
  }

  private Follower.Source ofStream(String stream) {
    return (last, to) -> {
      SubscribeToStreamOptions options = SubscribeToStreamOptions.get();
      if (last == null) {
        options.fromStart();
      } else {
        options.fromRevision(last.getRevision());
      }
      return client.subscribeToStream(stream, to, options);
    };
  }

  private static SubscriptionFilter odd() {
    return SubscriptionFilter.newBuilder().addStreamNamePrefix("odd-").build();
  }

  private void write(Random choices) throws Exception {
    for (int i = 0; i < APPENDS; i++) {
      int stream = choices.nextInt(STREAMS);
      String name = (stream % 2 == 0 ? "even-" : "odd-") + stream;
      append(name, ExpectedRevision.any(), events(1 + choices.nextInt(4)));
    }
  }

  private List<RecordedEvent> all() throws Exception {
    return result(client.readAll(ReadAllOptions.get().forwards().fromStart())).getEvents().stream()
        .map(ResolvedEvent::getOriginalEvent)
        .toList();
  }

  private static List<Position> positions(
      List<RecordedEvent> events, Predicate<RecordedEvent> wanted) {
    return events.stream().filter(wanted).map(RecordedEvent::getPosition).toList();
  }

  private static void assertDelivered(List<Consumed> consumers, List<Position> expected) {
    await()
        .atMost(WAIT)
        .untilAsserted(() ->
            assertThat(
                    consumers.stream()
                        .flatMap(consumer -> consumer.events.stream())
                        .map(event -> event.getOriginalEvent().getPosition()))
                .containsAll(expected));
  }
}
