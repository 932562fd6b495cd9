package io.kiroku.query.watch;

import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How far some streams have gone on since somebody looked. Holds the latest revision of each, so
/// it does not grow however slowly it is read. For one reader.
final class StreamChanges {
  private final Map<StreamId, Long> latest = new HashMap<>();
  private @Nullable UniEmitter<? super Map<StreamId, Long>> reader;
  private @Nullable Throwable failure;

  void note(StreamId stream, long revision) {
    synchronized (this) {
      latest.merge(stream, revision, Math::max);
    }
    serve();
  }

  /// What was noted is still told, then every further call fails.
  void fail(Throwable cause) {
    synchronized (this) {
      failure = cause;
    }
    serve();
  }

  /// Completes as soon as there is at least one; it is told once.
  Uni<Map<StreamId, Long>> next() {
    return Uni.createFrom()
        .emitter(emitter -> {
          synchronized (this) {
            reader = emitter;
          }
          serve();
        });
  }

  private void serve() {
    UniEmitter<? super Map<StreamId, Long>> served;
    Map<StreamId, Long> told;
    Throwable cause;
    synchronized (this) {
      served = reader;
      cause = failure;
      if (served == null || (latest.isEmpty() && cause == null)) {
        return;
      }
      reader = null;
      told = Map.copyOf(latest);
      latest.clear();
    }
    if (told.isEmpty() && cause != null) {
      served.fail(cause);
    } else {
      served.complete(told);
    }
  }
}
