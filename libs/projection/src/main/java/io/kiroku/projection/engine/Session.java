package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventFeeds.FeedCursor;
import io.kiroku.eventstore.EventLog.LogBatch;
import io.kiroku.eventstore.EventLog.LogCursor;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.projection.Projection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// One connected life of a projection: ends with its first failure, and knows nothing of the life
/// before. New events come from the shared subscription; the log is read from the watermark on,
/// too, a second behind, which makes good what either side of the subscription forgot and is what
/// allows the watermark to move.
final class Session {
  private final Projection projection;
  private final EventSources sources;
  private final ReadModelStore documents;
  private final RunnerOptions options;
  private final Parking parking;
  private final Gate gate;
  private final Arrivals arrivals;
  private final FirstCatchUp catchUp;
  private final Moments moments;
  private final List<AutoCloseable> cursors = new ArrayList<>();
  private final long absences;
  private boolean closed;
  private volatile long watermark;
  private long head;
  private boolean headReached;
  private long watermarkMovedNanos = System.nanoTime();

  /// Told of what happens once in a life.
  interface Moments {
    /// It takes events from now on.
    void following();

    /// All that there was in the beginning is applied or parked.
    void headReached();
  }

  /// @param watermark as it was known last, until it is read
  Session(
      Projection projection,
      EventSources sources,
      ReadModelStore documents,
      RunnerOptions options,
      Parking parking,
      Gate gate,
      Arrivals arrivals,
      FirstCatchUp catchUp,
      long watermark,
      Moments moments) {
    this.projection = projection;
    this.sources = sources;
    this.documents = documents;
    this.options = options;
    this.parking = parking;
    this.gate = gate;
    this.arrivals = arrivals;
    this.watermark = watermark;
    this.catchUp = catchUp;
    this.moments = moments;
    this.absences = documents.absences();
  }

  /// Never completes; fails with whatever ended it.
  Uni<Void> run() {
    return documents
        .prepare()
        .flatMap(_ -> sources.feeds().ensure(projection.id(), projection.streamPrefixes()))
        .flatMap(_ -> parking.refresh())
        .flatMap(_ -> documents.watermark())
        .invoke(position -> watermark = position)
        .flatMap(_ -> sources.log().head())
        .invoke(position -> head = position)
        .flatMap(catchUp::begin)
        .flatMap(_ -> follow());
  }

  long watermark() {
    return watermark;
  }

  private Uni<Void> follow() {
    FeedCursor feed = opened(sources.feeds().open(projection.id()));
    LogCursor log = opened(sources.log().open(watermark, projection.streamPrefixes()));
    moments.following();
    return Uni.join()
        .all(
            forEver(() -> takeFromFeed(feed)),
            forEver(() -> takeFromLog(log)),
            forEver(this::lookAfterParked),
            forEver(this::lookAfterStore))
        .andFailFast()
        .replaceWithVoid()
        .onFailure()
        .invoke(this::close);
  }

  /// Gives the cursors back. To be called when nobody waits for them any more: who did would be
  /// told of a failure.
  synchronized void close() {
    closed = true;
    cursors.forEach(Session::close);
    cursors.clear();
  }

  private synchronized <T extends AutoCloseable> T opened(T cursor) {
    if (closed) {
      close(cursor);
    } else {
      cursors.add(cursor);
    }
    return cursor;
  }

  private static void close(AutoCloseable cursor) {
    try {
      cursor.close();
    } catch (Exception e) {
      throw new IllegalStateException("A cursor cannot be closed", e);
    }
  }

  /// Acknowledged only when the effects are durable. Lingers before the next events rather than
  /// before these, so that the first after a pause are shown at once, and no longer than nobody
  /// waits for what he wrote.
  private Uni<Void> takeFromFeed(FeedCursor feed) {
    return feed.next(options.batchMost())
        .flatMap(events ->
            gate.pass(events, true)
                .invoke(() -> feed.ack(events))
                .flatMap(_ -> linger(events.size())));
  }

  private Uni<Void> linger(int taken) {
    Uni<Void> done = Uni.createFrom().voidItem();
    boolean more = taken == options.batchMost();
    return more || projection.linger().isZero()
        ? done
        : Uni.combine()
            .any()
            .of(done.onItem().delayIt().by(projection.linger()), arrivals.somebodyWaits());
  }

  private Uni<Void> takeFromLog(LogCursor log) {
    return log.next(options.batchMost())
        .flatMap(batch -> gate.pass(batch.events(), false).flatMap(_ -> advance(batch)));
  }

  private Uni<Void> advance(LogBatch batch) {
    boolean nearTheEnd = isNearTheEnd(batch);
    boolean due = System.nanoTime() - watermarkMovedNanos >= options.watermarkInterval().toNanos();
    // A batch that is not full may be the last for long: nothing would move the watermark later.
    boolean maybeLast = batch.events().size() < options.batchMost();
    Uni<Void> moved =
        batch.position() > watermark && (nearTheEnd || due || maybeLast)
            ? moveWatermark(batch.position())
            : Uni.createFrom().voidItem();
    Uni<Void> told = moved.invoke(() -> tellIfReached(batch.position()));
    return nearTheEnd ? told.onItem().delayIt().by(options.watermarkInterval()) : told;
  }

  private void tellIfReached(long position) {
    if (!headReached && position >= head) {
      headReached = true;
      moments.headReached();
    }
  }

  private Uni<Void> moveWatermark(long position) {
    return documents
        .moveWatermark(position)
        .invoke(() -> {
          watermark = position;
          watermarkMovedNanos = System.nanoTime();
        });
  }

  /// What is younger than the interval is left to the subscription, which is quicker; older events
  /// are read without a pause, so that the watermark keeps up under any load.
  private boolean isNearTheEnd(LogBatch batch) {
    List<RecordedEvent> events = batch.events();
    if (batch.position() < head) {
      return false;
    }
    return events.isEmpty()
        || events.getLast().recordedAt().isAfter(Instant.now().minus(options.watermarkInterval()));
  }

  private Uni<Void> lookAfterParked() {
    return Multi.createFrom()
        .iterable(parking.due(Instant.now()))
        .onItem()
        .transformToUniAndConcatenate(gate::retry)
        .collect()
        .last()
        .onItem()
        .delayIt()
        .by(options.parkedRefresh())
        .flatMap(_ -> parking.refresh());
  }

  /// Writes fail while the store is away; if nothing was written meanwhile, nothing has failed.
  private Uni<Void> lookAfterStore() {
    return documents.absences() == absences
        ? Uni.createFrom().voidItem().onItem().delayIt().by(options.parkedRefresh())
        : Uni.createFrom().failure(new ReadModelUnavailable("it was away, and is read again"));
  }

  private static Uni<Void> forEver(Supplier<Uni<Void>> step) {
    return Uni.createFrom()
        .deferred(step::get)
        .replaceWith(true)
        .repeat()
        .indefinitely()
        .onItem()
        .ignoreAsUni();
  }
}
