package io.kiroku.query.running;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Tells whoever watches a tenant that a read model shows something new. However much happens while
/// he is busy, he hears of it once.
@ApplicationScoped
public class Changes {
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public void happened(String tenant) {
    for (Watch watch : watches) {
      if (watch.tenant.equals(tenant)) {
        watch.happened();
      }
    }
  }

  void close(@Observes ShutdownEvent event) {
    end();
  }

  /// Nothing more is told to anybody.
  public void end() {
    closed = true;
    watches.forEach(Watch::close);
  }

  /// To be closed by who opened it.
  public Watch watch(String tenant) {
    var watch = new Watch(tenant);
    watches.add(watch);
    if (closed) {
      watch.close();
    }
    return watch;
  }

  /// How many there are.
  public int watches() {
    return watches.size();
  }

  /// One watcher's.
  public final class Watch {
    private final String tenant;
    private boolean missed;
    private boolean ended;
    private @Nullable UniEmitter<? super Boolean> waiting;

    private Watch(String tenant) {
      this.tenant = tenant;
    }

    /// Completes once something has happened since the last time, with true; with false when
    /// nothing more will be told. One at a time; may complete on any thread.
    public Uni<Boolean> next() {
      return Uni.createFrom()
          .emitter(emitter -> {
            if (!waits(emitter)) {
              emitter.complete(!isEnded());
            }
          });
    }

    private synchronized boolean waits(UniEmitter<? super Boolean> emitter) {
      if (missed || ended) {
        missed = false;
        return false;
      }
      waiting = emitter;
      return true;
    }

    public synchronized boolean isEnded() {
      return ended;
    }

    public void close() {
      watches.remove(this);
      synchronized (this) {
        ended = true;
      }
      happened();
    }

    private void happened() {
      UniEmitter<? super Boolean> told;
      synchronized (this) {
        told = waiting;
        waiting = null;
        missed = told == null;
      }
      if (told != null) {
        told.complete(!isEnded());
      }
    }
  }
}
