package io.kiroku.eventstore;

import io.kiroku.decider.Decider;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where folded streams come from: memory, or the store. Only called from a stream's queue.
final class StreamMemories<S, E> {
  private static final System.Logger LOG = System.getLogger(StreamMemories.class.getName());

  private final Decider<?, S, E> decider;
  private final EventCodec<E> codec;
  private final EventStore store;
  private final Snapshots<S> snapshots;
  private final int commandsRememberedMin;
  private final Duration cachedMax;
  private final StateCache<StreamId, StreamMemory<S, E>> cache;

  /// @param fresh whether the store was asked just now
  record Found<S, E>(StreamMemory<S, E> memory, boolean fresh) {}

  StreamMemories(
      Decider<?, S, E> decider,
      EventCodec<E> codec,
      EventStore store,
      Snapshots<S> snapshots,
      HandlerLimits limits) {
    this.decider = decider;
    this.codec = codec;
    this.store = store;
    this.snapshots = snapshots;
    this.commandsRememberedMin = limits.commandsRememberedMin();
    this.cachedMax = limits.cachedMax();
    this.cache = new StateCache<>(limits.cachedEventsMax());
  }

  Uni<Found<S, E>> find(StreamId stream) {
    StreamMemory<S, E> cached = cached(stream);
    return cached == null
        ? fresh(stream).map(memory -> new Found<>(memory, true))
        : Uni.createFrom().item(new Found<>(cached, false));
  }

  /// Up to the stream's end: reads only what is not in memory yet, nor in a snapshot.
  Uni<StreamMemory<S, E>> fresh(StreamId stream) {
    StreamMemory<S, E> cached = cached(stream);
    if (cached != null) {
      return store.read(stream, cached.revision() + 1).flatMap(read -> grown(stream, cached, read));
    }
    return snapshots
        .latest(stream)
        .flatMap(found -> found.isPresent() ? resumed(stream, found.get()) : replayed(stream));
  }

  private @Nullable StreamMemory<S, E> cached(StreamId stream) {
    StreamMemory<S, E> cached = cache.get(stream);
    return cached == null || cached.isOlderThan(cachedMax) ? null : cached;
  }

  private Uni<StreamMemory<S, E>> replayed(StreamId stream) {
    return store
        .read(stream, 0)
        .flatMap(read -> grown(stream, new StreamMemory<>(decider, commandsRememberedMin), read));
  }

  /// The snapshot's own last event is read once more: if it is not the stream's, neither is the
  /// snapshot (of a store that was restored, say).
  private Uni<StreamMemory<S, E>> resumed(StreamId stream, Snapshot<S> snapshot) {
    return store
        .read(stream, snapshot.revision())
        .flatMap(read -> {
          boolean ours = !read.isEmpty() && read.getFirst().position() == snapshot.position();
          return ours
              ? grown(
                  stream,
                  new StreamMemory<>(decider, commandsRememberedMin, snapshot),
                  read.subList(1, read.size()))
              : replayed(stream);
        });
  }

  private Uni<StreamMemory<S, E>> grown(
      StreamId stream, StreamMemory<S, E> memory, List<RecordedEvent> read) {
    return codec
        .decodeAll(read)
        .map(events -> {
          grow(stream, memory, () -> memory.fold(events));
          return memory;
        });
  }

  void appended(
      StreamId stream,
      StreamMemory<S, E> memory,
      EventMetadata metadata,
      List<E> events,
      Appended appended) {
    grow(stream, memory, () -> memory.foldAppended(metadata, events, appended));
  }

  /// After a failure that leaves open what the stream holds now.
  void forget(StreamId stream) {
    cache.remove(stream);
  }

  private void grow(StreamId stream, StreamMemory<S, E> memory, Runnable fold) {
    // Out while it changes: a fold that throws half-way must not be met again.
    cache.remove(stream);
    fold.run();
    if (memory.revision() != EventStore.NO_STREAM) {
      cache.put(stream, memory, memory.commandsRemembered() + 1);
      snapshotIfDue(stream, memory);
    }
  }

  /// Beside the command, which does not wait for it: without a snapshot nothing is lost but time.
  private void snapshotIfDue(StreamId stream, StreamMemory<S, E> memory) {
    EventMetadata latest = memory.latest();
    if (latest != null && snapshots.isDue(memory.snapshotRevision(), memory.revision())) {
      snapshots
          .save(stream, memory.snapshot(), latest)
          .subscribe()
          .with(
              _ -> {},
              failure ->
                  LOG.log(
                      System.Logger.Level.WARNING, "No snapshot of " + stream + ": " + failure));
    }
  }
}
