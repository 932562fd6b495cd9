package io.kiroku.eventstore.node.log;

import io.kiroku.eventstore.node.log.LogRecord.Event;
import java.util.List;

/// Something to be written, to be decided by the writer in its turn.
public sealed interface Write {
  /// Expected revision: whatever there is.
  long ANY = -2;

  /// Expected revision: the stream must have been written to.
  long EXISTS = -4;

  String stream();

  /// The revision the stream must be at; [Streams#NONE], [#ANY] or [#EXISTS] if below 0.
  long expected();

  default long sizeBytes() {
    return 200;
  }

  record Append(String stream, long expected, List<Event> events) implements Write {
    @Override
    public long sizeBytes() {
      long sum = 200;
      for (Event event : events) {
        sum += event.countedBytes() + 200;
      }
      return sum;
    }
  }

  /// Hides the events there are; the stream may be written to again.
  record Delete(String stream, long expected) implements Write {}

  /// Ends the stream for ever.
  record Tombstone(String stream, long expected) implements Write {}

  /// What became of it.
  sealed interface Outcome {
    /// @param revision of the last event of this write; of the stream if there was no event
    /// @param position of the last event of this write
    record Written(long revision, long position) implements Outcome {}

    record WrongRevision(long current) implements Outcome {}

    record StreamDeleted() implements Outcome {}

    record Refused(String reason) implements Outcome {}

    /// Nothing is known to be written. Repeating it with the same event ids is safe.
    record Unavailable(String reason) implements Outcome {}
  }
}
