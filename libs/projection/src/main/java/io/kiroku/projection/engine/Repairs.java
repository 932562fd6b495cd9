package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What operators do with parked streams. Automatic retries, other operators and new events may
/// come between at any time: documents change by compare-and-set of revisions, markers by
/// compare-and-set of what was tried, and who loses looks again.
///
/// Fails with [ReadModelUnavailable], or with the event store's own failure if that is away.
public final class Repairs {
  private static final int ROUNDS_MOST = 5;

  private final ReadModelStore documents;
  private final Slots slots;
  private final Skips skips;
  private final Gate gate;

  Repairs(ReadModelStore documents, Slots slots, Skips skips, Gate gate) {
    this.documents = documents;
    this.slots = slots;
    this.skips = skips;
    this.gate = gate;
  }

  /// The parked streams as they are stored now.
  public Uni<List<ParkedStream>> parked() {
    return documents.parked().all();
  }

  /// Everything that was ever passed over, oldest first.
  public Uni<List<Skip>> skipped() {
    return documents.skipped().all();
  }

  /// Tries the failing event once more, dead or not, and what waits behind it.
  public Uni<RepairOutcome> retry(StreamId stream) {
    return find(stream)
        .flatMap(marker -> marker == null ? notParked() : attempt(marker, ROUNDS_MOST));
  }

  /// Passes over the failing event and goes on behind it.
  ///
  /// @param failing the revision that the operator has seen fail
  public Uni<RepairOutcome> skip(StreamId stream, long failing, String actor, String reason) {
    return passOver(stream, failing, ParkedStream::revision, actor, reason);
  }

  /// Passes over everything that waits: the failing event and all that were held back behind it.
  /// What comes later is applied.
  ///
  /// @param failing the revision that the operator has seen fail
  public Uni<RepairOutcome> drop(StreamId stream, long failing, String actor, String reason) {
    return passOver(stream, failing, ParkedStream::queuedThrough, actor, reason);
  }

  private Uni<RepairOutcome> passOver(
      StreamId stream,
      long failing,
      ToLongFunction<ParkedStream> through,
      String actor,
      String reason) {
    return find(stream)
        .flatMap(marker -> {
          if (marker == null) {
            return notParked();
          }
          if (marker.revision() != failing) {
            return Uni.createFrom().item(new RepairOutcome.ParkedElsewhere(marker));
          }
          long last = through.applyAsLong(marker);
          var skip = new Skip(stream, failing, last, marker.error(), actor, reason, Instant.now());
          return skips.record(skip).flatMap(_ -> attempt(marker, ROUNDS_MOST));
        });
  }

  private Uni<RepairOutcome> attempt(ParkedStream marker, int rounds) {
    return gate.retry(marker)
        .flatMap(_ -> find(marker.stream()))
        .flatMap(after ->
            after == null
                ? Uni.createFrom().item(new RepairOutcome.Freed())
                : applied(marker.stream()).flatMap(applied -> judge(after, applied, rounds)));
  }

  /// A marker before what is applied is left over from a race that was won.
  private Uni<RepairOutcome> judge(ParkedStream after, long applied, int rounds) {
    return applied >= after.revision() && rounds > 1
        ? attempt(after, rounds - 1)
        : Uni.createFrom().item(new RepairOutcome.StillParked(after));
  }

  private Uni<Long> applied(StreamId stream) {
    return documents.read(slots.of(stream)).map(Held::revision);
  }

  private Uni<@Nullable ParkedStream> find(StreamId stream) {
    return documents.parked().find(stream);
  }

  private static Uni<RepairOutcome> notParked() {
    return Uni.createFrom().item(new RepairOutcome.NotParked());
  }
}
