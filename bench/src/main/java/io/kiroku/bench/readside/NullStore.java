package io.kiroku.bench.readside;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.engine.GuardedWrite;
import io.kiroku.projection.engine.Held;
import io.kiroku.projection.engine.ParkedStream;
import io.kiroku.projection.engine.ParkedStreams;
import io.kiroku.projection.engine.ReadModelStore;
import io.kiroku.projection.engine.Skip;
import io.kiroku.projection.engine.SkippedEvents;
import io.kiroku.projection.engine.Slot;
import io.kiroku.projection.engine.WriteOutcome;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Documents that nobody keeps.
final class NullStore implements ReadModelStore {
  private final long end;
  private final CountDownLatch done = new CountDownLatch(1);

  /// @param end position of the last event
  NullStore(long end) {
    this.end = end;
  }

  void awaitEnd() throws InterruptedException {
    done.await();
  }

  @Override
  public Uni<Void> prepare() {
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Map<Slot, Held>> read(Collection<Slot> slots) {
    return Uni.createFrom().item(Map.of());
  }

  @Override
  public Uni<List<WriteOutcome>> write(List<GuardedWrite> writes) {
    return Uni.createFrom()
        .item(writes.stream().<WriteOutcome>map(_ -> new WriteOutcome.Written()).toList());
  }

  @Override
  public Uni<List<String>> someKeys(int most) {
    return Uni.createFrom().item(List.of());
  }

  @Override
  public Uni<List<String>> keys(String after, int most) {
    return Uni.createFrom().item(List.of());
  }

  @Override
  public Uni<Long> watermark() {
    return Uni.createFrom().item(-1L);
  }

  @Override
  public Uni<Void> moveWatermark(long position) {
    if (position >= end) {
      done.countDown();
    }
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Boolean> caughtUp() {
    return Uni.createFrom().item(false);
  }

  @Override
  public Uni<Void> rememberCaughtUp() {
    return Uni.createFrom().voidItem();
  }

  @Override
  public ParkedStreams parked() {
    return new NothingParked();
  }

  @Override
  public SkippedEvents skipped() {
    return new NothingSkipped();
  }

  /// Every event can be applied here.
  private static final class NothingParked implements ParkedStreams {
    @Override
    public Uni<List<ParkedStream>> all() {
      return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<@Nullable ParkedStream> find(StreamId stream) {
      return Uni.createFrom().nullItem();
    }

    @Override
    public Uni<Void> add(ParkedStream parked) {
      return Uni.createFrom().failure(new IllegalStateException(parked.error()));
    }

    @Override
    public Uni<Boolean> seen(StreamId stream, long revision) {
      return Uni.createFrom().item(false);
    }

    @Override
    public Uni<Boolean> replace(ParkedStream expected, @Nullable ParkedStream next) {
      return Uni.createFrom().item(false);
    }
  }

  private static final class NothingSkipped implements SkippedEvents {
    @Override
    public Uni<List<Skip>> all() {
      return Uni.createFrom().item(List.of());
    }

    @Override
    public Uni<Void> record(Skip skip) {
      return Uni.createFrom().failure(new IllegalStateException(skip.error()));
    }
  }
}
