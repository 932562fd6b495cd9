package io.kiroku.eventstore.node.projections;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LinkStorage;
import io.kiroku.eventstore.node.log.LinkStorage.Link;
import io.kiroku.eventstore.node.log.LinkStorage.Progress;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
import io.kiroku.eventstore.node.log.PageSize;
import io.kiroku.eventstore.node.log.Streams;
import io.kiroku.eventstore.node.log.SystemProjection;
import io.kiroku.eventstore.node.log.Waker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// One reading of the log for all projections that are enabled. After a pause a record is linked at
/// once; while records keep coming, those of a moment are linked together, for one transaction
/// costs about as much as the links of many.
final class Filling implements Runnable {
  private static final System.Logger LOG = System.getLogger(Filling.class.getName());
  private static final Duration TOGETHER = Duration.ofMillis(100);
  private static final Duration AWAY = Duration.ofMillis(500);

  private final EventLog log;
  private final LinkStorage links;
  private final Waker waker = new Waker();
  private final PageSize pageSize = new PageSize();
  private final Map<SystemProjection, Long> seen = new ConcurrentHashMap<>();
  private Map<SystemProjection, Progress> progress = LinkStorage.beginning();
  private volatile boolean stale = true;
  private volatile boolean idle;
  private volatile boolean closed;

  Filling(EventLog log, LinkStorage links) {
    this.log = log;
    this.links = links;
  }

  @Override
  public void run() {
    try (AutoCloseable _ = log.onRecords(this::wake)) {
      while (!closed) {
        if (!advance()) {
          Thread.sleep(TOGETHER); // not to be cut short by the next record
          waker.await();
        }
      }
    } catch (InterruptedException _) {
      // The node is being closed.
    } catch (Exception e) {
      LOG.log(System.Logger.Level.ERROR, "The system projections stopped", e);
    }
  }

  /// In the log's writer; costs it nothing while nothing is enabled.
  private void wake() {
    if (!idle) {
      waker.wake();
    }
  }

  /// Returns whether there is enough left to go on at once.
  private boolean advance() throws InterruptedException {
    try {
      if (stale) {
        stale = false;
        progress = links.progress();
      }
      return step();
    } catch (StorageUnavailable e) {
      LOG.log(System.Logger.Level.DEBUG, "Not linked yet: " + e.getMessage());
      stale = true; // what was being written may be there or not
      Thread.sleep(AWAY);
      return true;
    }
  }

  /// Takes along those that are furthest behind, until they meet the next ones.
  private boolean step() {
    long end = log.end();
    long from = next(-1, end);
    Set<SystemProjection> behind = EnumSet.noneOf(SystemProjection.class);
    progress.forEach((projection, of) -> {
      if (of.enabled() && of.next() == from) {
        behind.add(projection);
      }
    });
    idle = progress.values().stream().noneMatch(Progress::enabled);
    int size = pageSize.records();
    List<LogRecord> page = log.read(from, (int) Math.min(size, next(from, end) - from));
    if (behind.isEmpty() || page.isEmpty()) {
      return false;
    }
    pageSize.learn(page);
    long to = page.getLast().position() + 1;
    List<Link> found = links(page, behind);
    if (!links.add(behind, from, to, found)) {
      stale = true;
      return true;
    }
    for (SystemProjection projection : behind) {
      progress.put(projection, new Progress(true, to));
      seen.merge(projection, (long) page.size(), Long::sum);
    }
    log.linked(found.stream().map(Link::stream).collect(Collectors.toSet()));
    return page.size() == size || to < end;
  }

  /// The least position after `position` where an enabled projection stands, at most `end`.
  private long next(long position, long end) {
    return progress.values().stream()
        .filter(of -> of.enabled() && of.next() > position)
        .mapToLong(Progress::next)
        .reduce(end, Math::min);
  }

  private static List<Link> links(List<LogRecord> page, Set<SystemProjection> projections) {
    List<Link> links = new ArrayList<>();
    for (LogRecord record : page) {
      if (!Streams.hiddenInAll(record.stream())) {
        for (SystemProjection projection : projections) {
          String stream = projection.stream(record);
          if (stream != null) {
            links.add(new Link(stream, record.position()));
          }
        }
      }
    }
    return links;
  }

  long seen(SystemProjection projection) {
    return seen.getOrDefault(projection, 0L);
  }

  /// To be called after the storage was told something about a projection.
  void refresh() {
    stale = true;
    waker.wake();
  }

  void close() {
    closed = true;
    waker.wake();
  }
}
