package io.kiroku.eventstore.node.projections;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LinkStorage;
import io.kiroku.eventstore.node.log.LinkStorage.Progress;
import io.kiroku.eventstore.node.log.SystemProjection;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// The system projections of a node. Methods other than [#close] may block, and fail with
/// [io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable] if the storage is away.
public final class Projections implements AutoCloseable {
  private final EventLog log;
  private final LinkStorage links;
  private final Filling filling;
  private final Thread thread;

  public Projections(EventLog log, LinkStorage links) {
    this.log = log;
    this.links = links;
    filling = new Filling(log, links);
    thread = Thread.ofPlatform().name("projections").unstarted(filling);
  }

  /// Goes on where they were.
  ///
  /// @param all whether those that are not enabled are enabled first
  public void start(boolean all) {
    if (all) {
      links
          .progress()
          .forEach((projection, progress) -> {
            if (!progress.enabled()) {
              links.enable(projection, true);
            }
          });
    }
    thread.start();
  }

  public Status status(SystemProjection projection) {
    Progress progress = Objects.requireNonNull(links.progress().get(projection));
    return new Status(projection, progress, filling.seen(projection), log.end());
  }

  public void enable(SystemProjection projection, boolean enabled) {
    links.enable(projection, enabled);
    filling.refresh();
  }

  /// Empties the projection's streams; they are then filled anew, and alike.
  public void reset(SystemProjection projection) {
    links.reset(projection);
    filling.refresh();
  }

  /// Takes up anew what the storage says of them.
  public void restart() {
    filling.refresh();
  }

  @Override
  public void close() {
    filling.close();
    thread.interrupt(); // it may be pausing
    try {
      thread.join(TimeUnit.SECONDS.toMillis(1));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// @param seen records since this node started
  /// @param end the position that the next record of the log gets
  public record Status(SystemProjection projection, Progress progress, long seen, long end) {}
}
