package io.kiroku.query.events;

import io.kiroku.eventstore.RecordedEvent;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// What is shown of some pieces.
///
/// @param next position after which, or before which the next page begins; empty on the last
record EventPage(List<RecordedEvent> shown, OptionalLong next) {
  /// A page must come in time, however few of the events are to be shown.
  private static final int LOOKED_AT_MOST = 5_000;

  EventPage {
    shown = List.copyOf(shown);
  }

  /// @param within false from the first event on that is too far
  static Uni<EventPage> of(
      Pieces pieces, Predicate<RecordedEvent> within, Predicate<RecordedEvent> wanted, int size) {
    return new Collecting(pieces, within, wanted, size).go();
  }

  private static final class Collecting {
    private final Pieces pieces;
    private final Predicate<RecordedEvent> within;
    private final Predicate<RecordedEvent> wanted;
    private final int size;
    private final List<RecordedEvent> shown = new ArrayList<>();
    private int lookedAt;

    Collecting(
        Pieces pieces, Predicate<RecordedEvent> within, Predicate<RecordedEvent> wanted, int size) {
      this.pieces = pieces;
      this.within = within;
      this.wanted = wanted;
      this.size = size;
    }

    Uni<EventPage> go() {
      return pieces
          .next()
          .flatMap(piece -> piece.isEmpty() ? ended(OptionalLong.empty()) : take(piece.get()));
    }

    private Uni<EventPage> take(List<RecordedEvent> piece) {
      for (RecordedEvent event : piece) {
        if (!within.test(event)) {
          return ended(OptionalLong.empty());
        }
        lookedAt++;
        if (wanted.test(event)) {
          shown.add(event);
        }
        if (shown.size() == size || lookedAt == LOOKED_AT_MOST) {
          return ended(OptionalLong.of(event.position()));
        }
      }
      return go();
    }

    private Uni<EventPage> ended(OptionalLong next) {
      return Uni.createFrom().item(new EventPage(shown, next));
    }
  }
}
