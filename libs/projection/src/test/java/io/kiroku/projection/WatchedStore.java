package io.kiroku.projection;

import io.kiroku.projection.engine.GuardedWrite;
import io.kiroku.projection.engine.Held;
import io.kiroku.projection.engine.ParkedStreams;
import io.kiroku.projection.engine.ReadModelStore;
import io.kiroku.projection.engine.SkippedEvents;
import io.kiroku.projection.engine.Slot;
import io.kiroku.projection.engine.WriteOutcome;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/// The real store, and somebody who looks on: told of each write when it has completed. No write is
/// begun before `open` completes.
record WatchedStore(
    ReadModelStore store,
    ParkedStreams parked,
    BiConsumer<GuardedWrite, WriteOutcome> watcher,
    CompletionStage<?> open)
    implements ReadModelStore {
  WatchedStore(
      ReadModelStore store, ParkedStreams parked, BiConsumer<GuardedWrite, WriteOutcome> watcher) {
    this(store, parked, watcher, CompletableFuture.completedStage(true));
  }

  WatchedStore(ReadModelStore store, BiConsumer<GuardedWrite, WriteOutcome> watcher) {
    this(store, store.parked(), watcher);
  }

  @Override
  public long absences() {
    return store.absences();
  }

  @Override
  public Uni<Void> prepare() {
    return store.prepare();
  }

  @Override
  public Uni<Map<Slot, Held>> read(Collection<Slot> slots) {
    return store.read(slots);
  }

  @Override
  public Uni<List<WriteOutcome>> write(List<GuardedWrite> writes) {
    return Uni.createFrom()
        .completionStage(open)
        .flatMap(_ -> store.write(writes))
        .invoke(outcomes -> {
          for (int i = 0; i < writes.size(); i++) {
            watcher.accept(writes.get(i), outcomes.get(i));
          }
        });
  }

  @Override
  public Uni<List<String>> someKeys(int most) {
    return store.someKeys(most);
  }

  @Override
  public Uni<List<String>> keys(String after, int most) {
    return store.keys(after, most);
  }

  @Override
  public Uni<Long> watermark() {
    return store.watermark();
  }

  @Override
  public Uni<Void> moveWatermark(long position) {
    return store.moveWatermark(position);
  }

  @Override
  public Uni<Boolean> caughtUp() {
    return store.caughtUp();
  }

  @Override
  public Uni<Void> rememberCaughtUp() {
    return store.rememberCaughtUp();
  }

  @Override
  public SkippedEvents skipped() {
    return store.skipped();
  }
}
