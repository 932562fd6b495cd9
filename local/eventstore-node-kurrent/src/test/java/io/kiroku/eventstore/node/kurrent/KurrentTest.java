package io.kiroku.eventstore.node.kurrent;

import io.kurrent.dbclient.AppendToStreamOptions;
import io.kurrent.dbclient.EventData;
import io.kurrent.dbclient.EventDataBuilder;
import io.kurrent.dbclient.KurrentDBClient;
import io.kurrent.dbclient.KurrentDBPersistentSubscriptionsClient;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.ResolvedEvent;
import io.kurrent.dbclient.StreamState;
import io.kurrent.dbclient.WriteResult;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A client of the shared node; each test has streams of its own.
@ParameterizedClass
@EnumSource(SharedNode.class)
@ExtendWith(ClosesNodes.class)
abstract class KurrentTest {
  private static final long WAIT_SECONDS = 20;
  static final Duration WAIT = Duration.ofSeconds(WAIT_SECONDS);

  final KurrentDBClient client;
  final KurrentDBPersistentSubscriptionsClient groups;

  /// A stream that only this test writes to.
  final String stream = newName();

  KurrentTest(SharedNode node) throws SQLException {
    client = node.client();
    groups = KurrentDBPersistentSubscriptionsClient.from(client);
  }

  static String newName() {
    return "stream-" + UUID.randomUUID();
  }

  static EventData event(String type) {
    byte[] data = "{\"of\":\"%s\"}".formatted(type).getBytes(StandardCharsets.UTF_8);
    return EventDataBuilder.json(UUID.randomUUID(), type, data).build();
  }

  /// A link to an event of the test's stream.
  EventData link(long revision) {
    byte[] target = "%d@%s".formatted(revision, stream).getBytes(StandardCharsets.UTF_8);
    return EventDataBuilder.binary(UUID.randomUUID(), "$>", target).build();
  }

  static EventData[] events(int count) {
    EventData[] events = new EventData[count];
    Arrays.setAll(events, i -> event("event-" + i));
    return events;
  }

  WriteResult append(String name, StreamState expected, EventData... events) {
    return result(
        client.appendToStream(name, AppendToStreamOptions.get().streamState(expected), events));
  }

  WriteResult append(EventData... events) {
    return append(stream, StreamState.any(), events);
  }

  List<ResolvedEvent> read(ReadStreamOptions options) {
    return result(client.readStream(stream, options)).getEvents();
  }

  List<ResolvedEvent> read() {
    return read(ReadStreamOptions.get().fromStart());
  }

  static List<Long> revisions(List<ResolvedEvent> events) {
    return events.stream().map(event -> event.getEvent().getRevision()).toList();
  }

  /// Fails with a [java.util.concurrent.CompletionException] whose cause is the client's.
  static <T> T result(CompletableFuture<T> future) {
    return future.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
  }
}
