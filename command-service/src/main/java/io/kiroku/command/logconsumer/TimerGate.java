package io.kiroku.command.logconsumer;

import io.kiroku.eventstore.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/// Where due timers wait until everything that was in the log when they were found due has been
/// handled: after an outage, what came in time beats its timeout. For one thread.
///
/// @param <T> timers
public final class TimerGate<T> {
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);

  private final Supplier<List<T>> find;
  private final EventLog log;
  private List<T> found = List.of();
  private long head;

  /// @param find what is due now; asked again when the last answer has passed
  public TimerGate(Supplier<List<T>> find, EventLog log) {
    this.find = find;
    this.log = log;
  }

  public void forget() {
    found = List.of();
  }

  /// What may be fired now; each timer that was found is given once.
  ///
  /// @param position everything up to here has been handled
  public List<T> passed(long position) {
    if (found.isEmpty()) {
      found = find.get();
      // Read after they were found due: it then includes every answer that was in time.
      head = found.isEmpty() ? head : log.head().await().atMost(ANSWER_MOST);
    }
    if (found.isEmpty() || position < head) {
      return List.of();
    }
    List<T> passed = found;
    found = List.of();
    return passed;
  }
}
