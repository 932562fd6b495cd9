package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.PositionBeyondLog;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import io.kiroku.projection.Repeating;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps one projection going: connects, waits and connects again for as long as it takes, and
/// stops only when the log is not the one it knew.
public final class ProjectionRunner implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ProjectionRunner.class);

  /// A measurement of the lag that is older has missed its successor.
  private static final int LAG_INTERVALS_MOST = 2;

  private final Projection projection;
  private final EventSources sources;
  private final ReadModelStore documents;
  private final RunnerOptions options;
  private final AppliedListener listener;
  private final Counters counters = new Counters();
  private final Arrivals arrivals = new Arrivals();
  private final SharedReads<Slot, Held> looks;
  private final Slots slots;
  private final Auditor auditor;
  private final LastLag lag;

  private volatile ProjectionState state = new ProjectionState.Starting();
  private volatile Life life;
  private volatile boolean closed;
  private int failures;
  private @Nullable Cancellable running;
  private @Nullable Cancellable measuring;

  /// What one connection has: nothing in memory outlives it, since a store that came back may have
  /// forgotten something.
  private record Life(
      HeldCache cache,
      Parking parking,
      Session session,
      LagProbe probe,
      FirstCatchUp catchUp,
      History history,
      StreamAudit audit,
      Repairs repairs) {}

  public ProjectionRunner(
      Projection projection,
      EventSources sources,
      ReadModelStore documents,
      RunnerOptions options,
      AppliedListener listener) {
    this.projection = projection;
    this.sources = sources;
    this.documents = documents;
    this.options = options;
    this.listener = listener;
    this.looks = new SharedReads<>(documents::read, Held.NOTHING);
    this.slots = new Slots(projection);
    this.auditor = new Auditor(projection, sources.log(), documents, slots, () -> life.audit());
    this.lag = new LastLag(Instant.now(), options.lagInterval().multipliedBy(LAG_INTERVALS_MOST));
    this.life = newLife(-1);
  }

  public synchronized void start() {
    if (running == null && !closed) {
      running =
          Uni.createFrom()
              .deferred(this::live)
              .repeat()
              .until(_ -> closed || state instanceof ProjectionState.Stopped)
              .subscribe()
              .with(_ -> {}, this::stop);
      // A figure that cannot be had now is had another time.
      measuring = Repeating.start(this::measureLag, options.lagInterval(), _ -> {});
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (running != null) {
      running.cancel();
    }
    if (measuring != null) {
      measuring.cancel();
    }
    life.session().close();
  }

  public Projection projection() {
    return projection;
  }

  public ProjectionStatus status() {
    Life now = life;
    return new ProjectionStatus(
        state(now),
        now.session().watermark(),
        lag.at(Instant.now()),
        List.copyOf(now.parking().all()),
        counters);
  }

  private ProjectionState state(Life now) {
    ProjectionState told = state;
    return told instanceof ProjectionState.Following ? now.catchUp().state() : told;
  }

  public boolean follows(StreamId stream) {
    return slots.follows(stream);
  }

  /// Waits until the documents show `stream` at `revision`, at most so long. Fails with
  /// [ReadModelUnavailable].
  public Uni<Progress> await(StreamId stream, long revision, Duration most) {
    Life now = life;
    return new ProgressWait(slots, looks, now.cache(), now.parking(), arrivals)
        .until(stream, revision, most);
  }

  /// How far the documents are behind now. Fails if the log or the documents cannot be reached; the
  /// last answer then stands, and gets older.
  public Uni<Lag> measureLag() {
    return Uni.createFrom()
        .deferred(() -> {
          Instant began = Instant.now();
          Life now = life;
          return now.probe()
              .measure()
              .invoke(measured -> lag.measured(measured, began))
              .call(measured -> now.catchUp().judge(measured, began));
        });
  }

  /// What an operator can do with streams that are parked here.
  public Repairs repairs() {
    return life.repairs();
  }

  /// Checks the documents against the log.
  public Auditor auditor() {
    return auditor;
  }

  /// Tells what the documents were.
  public History history() {
    return life.history();
  }

  private Life newLife(long watermark) {
    var cache = new HeldCache(options.cachedStreams(), documents::absences);
    var parking = new Parking(projection.id(), documents, options);
    var outcomes = new Outcomes(projection, cache, parking, counters, arrivals, listener);
    var settling =
        new Settling(
            documents, cache, outcomes, new NextEvents(sources.store(), counters), parking.skips());
    var gate = new Gate(slots, cache, parking, settling);
    var catchUp = new FirstCatchUp(projection.id(), documents);
    var session =
        new Session(
            projection,
            sources,
            documents,
            options,
            parking,
            gate,
            arrivals,
            catchUp,
            watermark,
            moments());
    var probe = new LagProbe(sources.log(), documents, slots, cache, parking);
    var repairs = new Repairs(documents, slots, parking.skips(), gate);
    var history = new History(sources.store(), slots, parking.skips());
    var audit = new StreamAudit(sources.store(), documents, slots, history, gate, cache);
    return new Life(cache, parking, session, probe, catchUp, history, audit, repairs);
  }

  private Uni<Boolean> live() {
    life = newLife(life.session().watermark());
    long startNanos = System.nanoTime();
    return life.session()
        .run()
        .replaceWith(true)
        .onFailure()
        .recoverWithUni(error -> afterFailure(error, System.nanoTime() - startNanos));
  }

  private Session.Moments moments() {
    return new Session.Moments() {
      @Override
      public void following() {
        state = new ProjectionState.Following();
        LOG.infof("%s follows the log", projection.id());
        measureNow();
      }

      @Override
      public void headReached() {
        measureNow();
      }
    };
  }

  /// Where it may just have caught up. If it cannot be had now, it is had at the next interval.
  private void measureNow() {
    if (!life.catchUp().isDone()) {
      var _ = measureLag().subscribe().with(_ -> {}, _ -> {});
    }
  }

  private Uni<Boolean> afterFailure(Throwable error, long livedNanos) {
    if (error instanceof PositionBeyondLog) {
      stop(error);
      return Uni.createFrom().item(false);
    }
    boolean dependency =
        error instanceof EventStoreUnavailable || error instanceof ReadModelUnavailable;
    LOG.logf(
        dependency ? Logger.Level.WARN : Logger.Level.ERROR,
        dependency ? null : error,
        "%s waits: %s",
        projection.id(),
        error);
    counters.reconnects.increment();
    state = new ProjectionState.Waiting(String.valueOf(error.getMessage()));
    failures = livedNanos > options.backoffMost().toNanos() ? 0 : failures + 1;
    return Uni.createFrom().item(true).onItem().delayIt().by(backoff());
  }

  private Duration backoff() {
    Duration wait = options.backoffFirst().multipliedBy(1L << Math.min(failures, 16));
    return wait.compareTo(options.backoffMost()) < 0 ? wait : options.backoffMost();
  }

  private void stop(Throwable error) {
    LOG.errorf(error, "%s stops: %s", projection.id(), error.getMessage());
    state = new ProjectionState.Stopped(String.valueOf(error.getMessage()));
  }
}
