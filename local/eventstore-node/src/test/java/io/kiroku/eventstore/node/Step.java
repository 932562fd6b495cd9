package io.kiroku.eventstore.node;

import java.util.List;

/// One step of a history: something asked of a node. It says all that is asked, so that a history
/// still has a meaning after some of its steps were left out.
sealed interface Step {
  long NONE = -1;
  long ANY = -2;
  long EXISTS = -4;

  /// Place of an answer that is of no event.
  int NOWHERE = -1;

  /// @param number of the event's id
  record Proposed(int number, String type, String data) {}

  record Append(String stream, long expected, List<Proposed> events) implements Step {}

  record Delete(String stream, long expected) implements Step {}

  record Tombstone(String stream, long expected) implements Step {}

  /// @param from inclusive; [Long#MAX_VALUE] reads backwards from the end
  /// @param resolve whether links are shown with what they stand for
  record Read(String stream, boolean backwards, long from, long count, boolean resolve)
      implements Step {}

  /// @param at where to begin, a number that is taken modulo what there is
  /// @param resolve whether links are shown with what they stand for
  record ReadAll(boolean backwards, int at, long count, boolean resolve) implements Step {
    /// Index of the event to begin at, or before which to begin.
    int place(int events) {
      return events == 0 ? 0 : at % events;
    }
  }

  record Restart() implements Step {}

  /// Time passes; it stands still otherwise.
  record Wait(int seconds) implements Step {}
}
