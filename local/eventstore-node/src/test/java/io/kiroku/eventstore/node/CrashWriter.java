package io.kiroku.eventstore.node;

import com.eventstore.dbclient.AppendToStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.WriteResult;
import com.eventstore.dbclient.WrongExpectedVersionException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The only writer of one stream, which outlives the nodes it writes to. An append that was not
/// answered is repeated with the next node. The data of each event says which revision it must get.
final class CrashWriter {
  final String stream;
  private final Random random;
  private final Map<Long, Long> answered = new ConcurrentHashMap<>();
  private EventData @Nullable [] unanswered;
  private long next;
  private volatile @Nullable Exception refused;

  CrashWriter(String stream, Random random) {
    this.stream = stream;
    this.random = random;
  }

  /// Writes until the node is gone.
  void writeTo(EventStoreDBClient client) {
    try {
      while (true) {
        EventData[] events = unanswered == null ? fresh() : unanswered;
        unanswered = events;
        WriteResult written =
            client
                .appendToStream(
                    stream, AppendToStreamOptions.get().expectedRevision(expected()), events)
                .get(5, TimeUnit.SECONDS);
        next = written.getNextExpectedRevision().toRawLong() + 1;
        answered.put(next - 1, written.getLogPosition().getCommitUnsigned());
        unanswered = null;
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WrongExpectedVersionException wrong) {
        refused = wrong;
      }
    } catch (Exception _) {
      // The node is gone: so is this round.
    }
  }

  private EventData[] fresh() {
    EventData[] events = new EventData[1 + random.nextInt(3)];
    for (int i = 0; i < events.length; i++) {
      byte[] data = "{\"revision\":%d}".formatted(next + i).getBytes(StandardCharsets.UTF_8);
      events[i] = EventDataBuilder.json(UUID.randomUUID(), "written.v1", data).build();
    }
    return events;
  }

  /// A repetition must be known with and without an expected revision.
  private ExpectedRevision expected() {
    if (next % 2 == 0) {
      return ExpectedRevision.any();
    }
    return ExpectedRevision.expectedRevision(next - 1);
  }

  /// Positions of the last events of answered appends, by revision.
  Map<Long, Long> answered() {
    return answered;
  }

  /// Why the node did not take an append that only this writer can have made before.
  @Nullable Exception refused() {
    return refused;
  }
}
