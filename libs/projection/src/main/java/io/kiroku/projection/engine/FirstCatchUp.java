package io.kiroku.projection.engine;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/// Whether a read model has ever shown all that there was. Until then its queries find too little.
/// It is remembered with the documents, so that a restart or an outage does not begin it again; who
/// loses them begins again.
final class FirstCatchUp {
  private static final Logger LOG = Logger.getLogger(FirstCatchUp.class);

  /// The log goes on meanwhile: what is left may be so old.
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final String projection;
  private final ReadModelStore documents;
  private volatile boolean done;

  /// Not to be reached before it is known.
  private volatile long end = Long.MAX_VALUE;

  FirstCatchUp(String projection, ReadModelStore documents) {
    this.projection = projection;
    this.documents = documents;
  }

  /// @param head of the log now; the read model has caught up when it shows as much, and not much
  ///   less than there is by then
  Uni<Void> begin(long head) {
    return documents
        .caughtUp()
        .invoke(before -> {
          end = head;
          done = before;
        })
        .replaceWithVoid();
  }

  /// Completes when it is remembered, if this is the moment.
  Uni<Void> judge(Lag lag, Instant now) {
    if (done || lag.upTo() < end || lag.age(now).compareTo(CLOSE) > 0) {
      return Uni.createFrom().voidItem();
    }
    return documents
        .rememberCaughtUp()
        .invoke(() -> {
          done = true;
          LOG.infof("%s has caught up with the log", projection);
        });
  }

  boolean isDone() {
    return done;
  }

  /// What is to be told of a projection that follows the log.
  ProjectionState state() {
    return done ? new ProjectionState.Following() : new ProjectionState.CatchingUp(end);
  }
}
