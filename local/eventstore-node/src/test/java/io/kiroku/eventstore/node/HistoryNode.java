package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.DeleteStreamOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ReadAllOptions;
import com.eventstore.dbclient.ReadResult;
import com.eventstore.dbclient.ReadStreamOptions;
import com.eventstore.dbclient.RecordedEvent;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamDeletedException;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.SubscribeToAllOptions;
import com.eventstore.dbclient.WriteResult;
import com.eventstore.dbclient.WrongExpectedVersionException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.node.ReferenceModel.Seen;
import io.kiroku.eventstore.node.ReferenceModel.Stored;
import io.kiroku.eventstore.node.Step.Append;
import io.kiroku.eventstore.node.Step.Delete;
import io.kiroku.eventstore.node.Step.Proposed;
import io.kiroku.eventstore.node.Step.Read;
import io.kiroku.eventstore.node.Step.ReadAll;
import io.kiroku.eventstore.node.Step.Restart;
import io.kiroku.eventstore.node.Step.Tombstone;
import io.kiroku.eventstore.node.Step.Wait;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A node on a fresh storage that goes through a history, seen through the official client, with a
/// subscriber to `$all` on it.
final class HistoryNode extends NodeTest implements AutoCloseable {
  private static final Instant BEGINNING = Instant.parse("2020-01-01T00:00:00Z");

  private Heard heard = new Heard();
  private volatile Instant now = BEGINNING;

  HistoryNode(Kind kind) throws Exception {
    super(kind);
    startNode();
    subscribe();
  }

  @Override
  EventStoreNode.Builder nodeOptions() {
    return super.nodeOptions().clock(() -> now);
  }

  private void subscribe() throws Exception {
    heard = new Heard();
    result(client.subscribeToAll(heard, SubscribeToAllOptions.get().fromStart()));
  }

  Answer answer(Step step) throws Exception {
    try {
      return switch (step) {
        case Append append -> append(append);
        case Delete delete -> delete(delete);
        case Tombstone tombstone -> tombstone(tombstone);
        case Read read -> events(read);
        case ReadAll read -> page(read);
        case Restart _ -> restarted();
        case Wait wait -> waited(wait);
      };
    } catch (WrongExpectedVersionException wrong) {
      return new Answer.Wrong(wrong.getActualVersion().toRawLong());
    } catch (StreamDeletedException _) {
      return new Answer.Deleted();
    } catch (StreamNotFoundException _) {
      return new Answer.NotFound();
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.FAILED_PRECONDITION) { // what a read throws
        return new Answer.Deleted();
      }
      throw e;
    }
  }

  private Answer append(Append append) throws Exception {
    EventData[] events = append.events().stream().map(HistoryNode::event).toArray(EventData[]::new);
    WriteResult written = append(append.stream(), expected(append.expected()), events);
    long revision = written.getNextExpectedRevision().toRawLong();
    return new Answer.Written(
        revision, events.length == 0 ? Step.NOWHERE : place(written.getLogPosition()));
  }

  private Answer delete(Delete delete) throws Exception {
    Position position =
        result(client.deleteStream(delete.stream(), deletion(delete.expected()))).getPosition();
    return new Answer.Written(Step.NONE, place(position));
  }

  private Answer tombstone(Tombstone tombstone) throws Exception {
    Position position =
        result(client.tombstoneStream(tombstone.stream(), deletion(tombstone.expected())))
            .getPosition();
    return new Answer.Written(Step.NONE, place(position));
  }

  private Answer events(Read read) throws Exception {
    ReadStreamOptions options =
        ReadStreamOptions.get().maxCount(read.count()).resolveLinkTos(read.resolve());
    if (read.backwards()) {
      options.backwards();
    }
    if (read.from() == Long.MAX_VALUE) {
      options.fromEnd();
    } else {
      options.fromRevision(read.from());
    }
    ReadResult result = result(client.readStream(read.stream(), options));
    return new Answer.Events(seen(result), result.getLastStreamPosition());
  }

  private Answer page(ReadAll read) throws Exception {
    List<Position> positions = positions();
    ReadAllOptions options =
        ReadAllOptions.get().maxCount(read.count()).resolveLinkTos(read.resolve());
    if (read.backwards()) {
      options.backwards();
    }
    if (positions.isEmpty()) {
      options.fromStart();
    } else {
      options.fromPosition(positions.get(read.place(positions.size())));
    }
    return new Answer.Events(seen(result(client.readAll(options))), Step.NONE);
  }

  private Answer restarted() throws Exception {
    restart();
    subscribe();
    return new Answer.Written(Step.NONE, Step.NOWHERE);
  }

  private Answer waited(Wait wait) {
    now = now.plusSeconds(wait.seconds());
    return new Answer.Written(Step.NONE, Step.NOWHERE);
  }

  /// Everything there is, and that positions only go up.
  List<Stored> all() throws Exception {
    ReadResult all = result(client.readAll(ReadAllOptions.get().forwards().fromStart()));
    assertThat(positions(all)).isSorted().doesNotHaveDuplicates();
    return all.getEvents().stream().map(event -> stored(event.getOriginalEvent())).toList();
  }

  /// What the subscriber has heard since the node started, once it is as many.
  List<Stored> heard(int count) {
    await().atMost(Duration.ofSeconds(WAIT_SECONDS)).until(() -> heard.events.size() >= count);
    return heard.events.stream().map(event -> stored(event.getOriginalEvent())).toList();
  }

  private int place(Position position) throws Exception {
    return positions().indexOf(position);
  }

  private List<Position> positions() throws Exception {
    return positions(result(client.readAll(ReadAllOptions.get().forwards().fromStart())));
  }

  private static List<Position> positions(ReadResult all) {
    return all.getEvents().stream().map(event -> event.getOriginalEvent().getPosition()).toList();
  }

  private static List<Seen> seen(ReadResult result) {
    return result.getEvents().stream().map(HistoryNode::seen).toList();
  }

  private static Seen seen(ResolvedEvent resolved) {
    RecordedEvent event = resolved.getEvent();
    RecordedEvent link = resolved.getLink();
    return new Seen(event == null ? null : stored(event), link == null ? null : stored(link));
  }

  private static Stored stored(RecordedEvent event) {
    UUID id = event.getEventId();
    return new Stored(
        event.getStreamId(),
        event.getRevision(),
        id.getMostSignificantBits() == id(0).getMostSignificantBits()
            ? (int) id.getLeastSignificantBits() - 1
            : 0,
        event.getEventType(),
        ReferenceModel.json(new String(event.getEventData(), StandardCharsets.UTF_8)),
        Duration.between(BEGINNING, event.getCreated()).toSeconds());
  }

  private static EventData event(Proposed event) {
    byte[] data = event.data().getBytes(StandardCharsets.UTF_8);
    return EventDataBuilder.json(id(event.number()), event.type(), data).build();
  }

  private static DeleteStreamOptions deletion(long expected) {
    return (DeleteStreamOptions) DeleteStreamOptions.get().expectedRevision(expected(expected));
  }

  private static ExpectedRevision expected(long revision) {
    if (revision == Step.ANY) {
      return ExpectedRevision.any();
    }
    if (revision == Step.EXISTS) {
      return ExpectedRevision.streamExists();
    }
    return revision == Step.NONE
        ? ExpectedRevision.noStream()
        : ExpectedRevision.expectedRevision(revision);
  }

  @Override
  public void close() throws Exception {
    stopNode();
  }
}
