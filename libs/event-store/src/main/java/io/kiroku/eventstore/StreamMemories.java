package io.kiroku.eventstore;

import io.kiroku.decider.Decider;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where folded streams come from: memory, or the store. Only called from a stream's queue.
final class StreamMemories<S, E> {
  private final Decider<?, S, E> decider;
  private final EventCodec<E> codec;
  private final EventStore store;
  private final StateCache<StreamId, StreamMemory<S, E>> cache;

  /// @param fresh whether the store was asked just now
  record Found<S, E>(StreamMemory<S, E> memory, boolean fresh) {}

  StreamMemories(
      Decider<?, S, E> decider, EventCodec<E> codec, EventStore store, HandlerLimits limits) {
    this.decider = decider;
    this.codec = codec;
    this.store = store;
    this.cache = new StateCache<>(limits.cachedEventsMax());
  }

  Uni<Found<S, E>> find(StreamId stream) {
    StreamMemory<S, E> cached = cache.get(stream);
    return cached == null
        ? fresh(stream).map(memory -> new Found<>(memory, true))
        : Uni.createFrom().item(new Found<>(cached, false));
  }

  /// Up to the stream's end: reads only what is not in memory yet.
  Uni<StreamMemory<S, E>> fresh(StreamId stream) {
    @Nullable StreamMemory<S, E> cached = cache.get(stream);
    StreamMemory<S, E> memory = cached == null ? new StreamMemory<>(decider) : cached;
    return store
        .read(stream, memory.revision() + 1)
        .flatMap(codec::decodeAll)
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
      cache.put(stream, memory, memory.revision() + 1);
    }
  }
}
