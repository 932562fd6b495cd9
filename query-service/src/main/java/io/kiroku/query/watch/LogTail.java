package io.kiroku.query.watch;

import io.kiroku.eventstore.EventLog;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.query.running.Changes;
import io.kiroku.query.running.Changes.Watch;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Wakes whoever has read the log to its end. All of this process share one reader of the log,
/// which reads only while somebody waits there.
@ApplicationScoped
class LogTail {
  private static final String ANYBODY = "";

  private final EventLog log;
  private Changes recorded = new Changes();
  private @Nullable LogListener reading;

  LogTail(EventSources sources) {
    this.log = sources.log();
  }

  /// Completes with what is told of everything that is recorded from then on, and ends when the
  /// store goes away. To be given back.
  Uni<Watch> join() {
    return Uni.createFrom().deferred(this::joined);
  }

  private synchronized Uni<Watch> joined() {
    LogListener listener = reading;
    if (listener == null) {
      Changes told = recorded;
      listener =
          new LogListener(log, Set.of(), _ -> told.happened(ANYBODY), (which, _) -> broken(which));
      reading = listener;
    }
    Watch watch = recorded.watch(ANYBODY);
    return listener
        .begun()
        .replaceWith(watch)
        .onFailure()
        .invoke(() -> leave(watch))
        .onCancellation()
        .invoke(() -> leave(watch));
  }

  void leave(Watch watch) {
    watch.close();
    endIf(() -> recorded.watches() == 0);
  }

  private void broken(LogListener which) {
    endIf(() -> which.equals(reading));
  }

  void stop(@Observes ShutdownEvent event) {
    endIf(() -> true);
  }

  /// Who is still there is told so; who comes next begins afresh.
  private void endIf(BooleanSupplier due) {
    Changes left;
    LogListener listener;
    synchronized (this) {
      if (!due.getAsBoolean()) {
        return;
      }
      left = recorded;
      listener = reading;
      recorded = new Changes();
      reading = null;
    }
    left.end();
    if (listener != null) {
      listener.close();
    }
  }
}
