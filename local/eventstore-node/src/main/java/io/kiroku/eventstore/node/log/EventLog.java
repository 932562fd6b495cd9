package io.kiroku.eventstore.node.log;

import io.kiroku.eventstore.node.log.Write.Outcome;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The log: appends in one order, reads by position or by stream, and wakes who waits for more.
///
/// Every method may be called from any thread. Reads may block on the storage and then fail with
/// [LogStorage.StorageUnavailable]; [#append] never blocks.
public final class EventLog implements AutoCloseable {
  private static final int SMALL_BYTES_MAX = 256 << 10;

  private final Views views;
  private final Listeners listeners = new Listeners();
  private final Writer writer;
  private final LinkStreams links;

  /// @param clock dates events, and tells how old they are
  /// @param onLost told once why this node must not go on: its log is not the one it wrote
  public EventLog(LogStorage storage, Limits limits, InstantSource clock, Consumer<String> onLost) {
    views = new Views(storage, limits, clock);
    links = new LinkStreams(storage.links(), views);
    writer = new Writer(storage, views, listeners, limits, onLost);
  }

  /// Takes the storage. Fails as [LogStorage#open] does.
  public void start() {
    writer.start();
  }

  /// Queues the write. The answer comes once it is durable, from the writer's thread, which must
  /// not be kept.
  public void append(Write write, Consumer<Outcome> answer) {
    writer.submit(write, answer);
  }

  /// Whether appends are accepted just now.
  public boolean ready() {
    return writer.ready();
  }

  /// How many appends wait for the writer.
  public int queuedWrites() {
    return writer.queued();
  }

  /// Bytes of those.
  public long queuedBytes() {
    return writer.queuedBytes();
  }

  /// The time that ages are measured at, in 100 ns ticks since 1970.
  public long nowTicks() {
    return views.nowTicks();
  }

  /// The position the next record will get.
  public long end() {
    return views.end();
  }

  public List<LogRecord> read(long position, int countMax) {
    return views.read(position, countMax);
  }

  /// The record if it is in memory; never blocks.
  public @Nullable LogRecord recent(long position) {
    return views.recent(position);
  }

  /// Records before the position, the latest first.
  public List<LogRecord> readBackwards(long position, int countMax) {
    return views.readBackwards(position, countMax);
  }

  public List<LogRecord> readStream(String stream, long revision, int countMax) {
    SystemProjection projection = SystemProjection.filling(stream);
    return projection == null
        ? views.readStream(stream, revision, countMax)
        : links.read(projection, stream, revision, countMax);
  }

  public List<LogRecord> readStreamBackwards(String stream, long revision, int countMax) {
    SystemProjection projection = SystemProjection.filling(stream);
    return projection == null
        ? views.readStreamBackwards(stream, revision, countMax)
        : links.readBackwards(projection, stream, revision, countMax);
  }

  /// Revision of the stream's last event, [Streams#NONE] or [Streams#TOMBSTONE].
  public long lastRevision(String stream) {
    return SystemProjection.filling(stream) == null
        ? views.tail(stream).last()
        : links.last(stream);
  }

  /// Whether all records of the stream are in memory, and no more than these.
  public boolean small(String stream, int recordsMax) {
    StreamTail tail = views.cachedTail(stream);
    return tail != null
        && SystemProjection.filling(stream) == null
        && !Streams.isMetadata(stream)
        && !tail.tombstoned()
        && tail.first() == 0
        && tail.last() < recordsMax
        && tail.sizeBytes() < SMALL_BYTES_MAX;
  }

  /// Whether reading the stream at this revision needs no storage; a stream of links, which always
  /// does, counts as if it were in memory.
  public boolean inMemory(String stream, long revision) {
    if (SystemProjection.filling(stream) != null) {
      return true;
    }
    StreamTail tail = views.cachedTail(stream);
    return tail != null && (tail.covers(revision) || revision > tail.last());
  }

  public StreamMetadata metadata(String stream) {
    return views.metadata(stream);
  }

  /// Calls the listener after new records, until closed. It runs in the writer's thread.
  public AutoCloseable onRecords(Runnable listener) {
    return listeners.toAll(listener);
  }

  /// The same for records of one stream.
  public AutoCloseable onRecords(String stream, Runnable listener) {
    return listeners.toStream(stream, listener);
  }

  /// Wakes who waits for more in these streams, which a projection has filled.
  public void linked(Collection<String> streams) {
    listeners.appeared(streams);
  }

  @Override
  public void close() {
    writer.close();
  }
}
