package io.kiroku.query.running;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Something that is told again when it has changed and the client has taken what he was told last.
/// In between nothing is kept but that it changed, and nothing is looked up.
///
/// @param watch closed when the client leaves; its end is the stream's
/// @param interval that lies between two answers at least, and after which it is looked again
///   whether the client takes more
/// @param hasRoom whether the client takes more
/// @param stall how long it may take nothing
public record Conflated(
    Changes.Watch watch, Duration interval, BooleanSupplier hasRoom, Duration stall) {
  /// Fails like what is asked, and with `RESOURCE_EXHAUSTED` when the client takes nothing.
  ///
  /// @param again how it is looked up after the first time
  public <T> Multi<T> of(Supplier<Uni<T>> first, Supplier<Uni<T>> again) {
    Multi<T> later =
        Multi.createBy()
            .repeating()
            .uni(() -> changed(again))
            .whilst(Optional::isPresent)
            .select()
            .where(Optional::isPresent)
            .map(Optional::get);
    return Multi.createBy()
        .concatenating()
        .streams(Multi.createFrom().uni(Uni.createFrom().deferred(() -> first.get())), later)
        .onTermination()
        .invoke(watch::close);
  }

  /// Empty at the end.
  private <T> Uni<Optional<T>> changed(Supplier<Uni<T>> again) {
    return pause()
        .flatMap(_ -> watch.next())
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .flatMap(more ->
            more ? again.get().map(Optional::of) : Uni.createFrom().item(Optional.<T>empty()));
  }

  private Uni<Void> pause() {
    long begunNanos = System.nanoTime();
    return Uni.createFrom()
        .item(true)
        .onItem()
        .delayIt()
        .by(interval)
        .repeat()
        .until(_ -> isNext() || System.nanoTime() - begunNanos > stall.toNanos())
        .collect()
        .last()
        .flatMap(_ ->
            isNext()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(WatchErrors.stalled()));
  }

  private boolean isNext() {
    return hasRoom.getAsBoolean() || watch.isEnded();
  }
}
