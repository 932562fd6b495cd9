package io.kiroku.query;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Change;
import io.kiroku.projection.Contribution;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a projection makes of a story: `Told.to(projection, event, event, …)`.
public final class Told {
  public static final UUID JOB = UUID.fromString("00000000-0000-4000-8000-00000000000a");
  public static final Instant AT = Instant.parse("2026-11-20T09:00:00Z");

  private Told() {}

  /// The document in the end.
  @SafeVarargs
  public static <D, E> D to(Contribution<D, E> contribution, E... story) {
    return to(contribution, List.of(story));
  }

  /// The document in the end.
  public static <D, E> D to(Contribution<D, E> contribution, List<E> story) {
    return Objects.requireNonNull(fold(contribution, story));
  }

  private static <D, E> @Nullable D fold(Contribution<D, E> contribution, List<E> story) {
    D document = null;
    long revision = 0;
    for (E event : story) {
      document =
          switch (contribution.apply(document, recorded(contribution, event, revision++))) {
            case Change.Upsert<D>(var next) -> next;
            case Change.Unchanged<D> _ -> document;
            case Change.Tombstone<D> _ -> null;
          };
    }
    return document;
  }

  private static <E> Recorded<E> recorded(Contribution<?, E> contribution, E event, long revision) {
    UUID id = new UUID(0, revision + 1);
    var metadata = new EventMetadata(JOB, id, id, "hash", "mika", "default", null, null, null);
    var stream = StreamId.of(contribution.category(), "1");
    return new Recorded<>(
        new RecordedEvent(id, stream, revision, 100 + revision, AT, "type", new byte[0], metadata),
        event);
  }
}
