package io.kiroku.query.running;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What costs much to look up, looked up once for all who ask at the same time: one look goes on at
/// a time, and those who came too late for it share the next one. A look that fails fails for all
/// who share it.
public final class SharedLook<T> {
  private static final int KEYS_MOST = 1_000;

  private final Supplier<Uni<T>> look;
  private @Nullable Uni<T> latest;
  private @Nullable Uni<T> next;
  private @Nullable Uni<T> later;
  private boolean looking;
  private long begunNanos;

  /// One for each key that is asked for, as many as are asked for lately.
  public static <K, T> LoadingCache<K, SharedLook<T>> each(Function<K, Uni<T>> look) {
    return Caffeine.newBuilder()
        .maximumSize(KEYS_MOST)
        .build(key -> new SharedLook<>(() -> look.apply(key)));
  }

  SharedLook(Supplier<Uni<T>> look) {
    this.look = look;
  }

  /// What a look finds that begins from now on.
  public Uni<T> fresh() {
    return Uni.createFrom().deferred(this::begunFromNowOn);
  }

  private synchronized Uni<T> begunFromNowOn() {
    if (!looking) {
      return begin();
    }
    Uni<T> following = next;
    if (following == null) {
      following = afterwards(latest);
      next = following;
    }
    return following;
  }

  private Uni<T> afterwards(@Nullable Uni<T> running) {
    Uni<?> over = running == null ? Uni.createFrom().voidItem() : running;
    return over.onItemOrFailure().transformToUni((_, _) -> begin()).memoize().indefinitely();
  }

  private synchronized Uni<T> begin() {
    next = null;
    looking = true;
    begunNanos = System.nanoTime();
    Uni<T> begun =
        Uni.createFrom()
            .deferred(() -> look.get())
            .onFailure()
            .invoke(this::forget)
            .onTermination()
            .invoke(this::ended)
            .memoize()
            .indefinitely();
    latest = begun;
    return begun;
  }

  private synchronized void forget() {
    latest = null;
  }

  /// Who waits for the next one goes on at once.
  private synchronized void ended() {
    looking = next != null;
  }

  /// What was found by a look that began so short a time ago, or as [#fresh] if there was none.
  public Uni<T> recent(Duration age) {
    return Uni.createFrom().deferred(() -> begunWithin(age));
  }

  private synchronized Uni<T> begunWithin(Duration age) {
    Uni<T> last = latest;
    return last != null && (looking || sinceBegun() < age.toNanos()) ? last : begunFromNowOn();
  }

  private long sinceBegun() {
    return System.nanoTime() - begunNanos;
  }

  /// As [#fresh], by a look that begins so long after the last one at the earliest: one for all who
  /// ask until then.
  public Uni<T> paced(Duration interval) {
    return Uni.createFrom().deferred(() -> begunLater(interval));
  }

  private synchronized Uni<T> begunLater(Duration interval) {
    Uni<T> waiting = later;
    if (waiting == null) {
      long nanos = latest == null ? 0 : Math.max(0, interval.toNanos() - sinceBegun());
      waiting =
          Uni.createFrom()
              .voidItem()
              .onItem()
              .delayIt()
              .by(Duration.ofNanos(Math.max(1, nanos)))
              .flatMap(_ -> due())
              .memoize()
              .indefinitely();
      later = waiting;
    }
    return waiting;
  }

  private synchronized Uni<T> due() {
    later = null;
    return begunFromNowOn();
  }
}
