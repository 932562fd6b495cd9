package io.kiroku.query.watch;

import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.proto.query.v1.WatchEventsResponse;
import io.kiroku.query.events.EventMessages;
import io.kiroku.query.events.EventQuery;
import io.kiroku.query.running.WatchErrors;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// One reader of the log. Events are read from the store only when the client has room for them, so
/// what is held for it is a batch.
final class EventWatch implements AutoCloseable {
  private static final int BATCH = 64;

  /// How often a client whose filter hides everything hears how far the log was looked through.
  private static final long QUIET_NANOS_MOST = Duration.ofSeconds(5).toNanos();

  private final LogPages pages;
  private final EventQuery query;
  private final Outbound outbound;
  private final Duration stall;
  private final long head;
  private long position;
  private boolean caughtUp;
  private long saidNanos = System.nanoTime();

  /// @param head of the log when the call began
  EventWatch(
      LogPages pages,
      EventQuery query,
      Outbound outbound,
      Duration stall,
      long position,
      long head) {
    this.pages = pages;
    this.query = query;
    this.outbound = outbound;
    this.stall = stall;
    this.position = position;
    this.head = head;
  }

  /// What is to be sent next, may be nothing.
  Uni<List<WatchEventsResponse>> next() {
    if (!caughtUp && position >= head) {
      return Uni.createFrom().item(() -> List.of(caughtUp()));
    }
    return outbound
        .hasRoom(stall)
        .flatMap(room ->
            room ? pages.next(BATCH) : Uni.createFrom().failure(WatchErrors.stalled(where())))
        .emitOn(outbound.executor())
        .map(this::responses)
        .onFailure(EventStoreUnavailable.class)
        .transform(_ -> WatchErrors.unavailable(where()));
  }

  private String where() {
    return "position " + position;
  }

  private WatchEventsResponse caughtUp() {
    caughtUp = true;
    return seen();
  }

  private List<WatchEventsResponse> responses(LogBatch batch) {
    List<WatchEventsResponse> responses = new ArrayList<>();
    for (RecordedEvent event : batch.events()) {
      if (query.matches(event)) {
        position = event.position();
        responses.add(response().setEvent(EventMessages.message(event)).build());
      }
    }
    position = batch.position();
    if (!caughtUp && position >= head) {
      responses.add(caughtUp());
    } else if (responses.isEmpty() && System.nanoTime() - saidNanos > QUIET_NANOS_MOST) {
      responses.add(seen());
    }
    if (!responses.isEmpty()) {
      saidNanos = System.nanoTime();
    }
    return responses;
  }

  private WatchEventsResponse seen() {
    return response().build();
  }

  private WatchEventsResponse.Builder response() {
    return WatchEventsResponse.newBuilder().setPosition(position).setCaughtUp(caughtUp);
  }

  @Override
  public void close() {
    pages.close();
  }
}
