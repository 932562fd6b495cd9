package io.kiroku.query.watch;

import io.grpc.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The way out of one call: whether its client takes what it is sent. Quarkus asks a `Multi` for
/// everything at once and lets gRPC queue what the client does not take; who sends without end has
/// to ask here first.
public final class Outbound {
  static final Context.Key<Outbound> KEY = Context.key("kiroku-outbound");

  private final BooleanSupplier isReady;
  private final io.vertx.core.@Nullable Context vertx = Vertx.currentContext();
  private @Nullable UniEmitter<? super Boolean> waiting;

  Outbound(BooleanSupplier isReady) {
    this.isReady = isReady;
  }

  /// The running call's. To be asked for on the thread that enters the gRPC method.
  public static Outbound current() {
    return Objects.requireNonNull(KEY.get(), "No call is running");
  }

  /// Where messages have to be emitted: only there it is known at once what is queued.
  Executor executor() {
    io.vertx.core.Context context = vertx;
    return context == null ? Runnable::run : work -> context.runOnContext(_ -> work.run());
  }

  /// Whether there is room for more now.
  public boolean hasRoom() {
    return isReady.getAsBoolean();
  }

  /// True once there is room for more; false if there was none for so long.
  Uni<Boolean> hasRoom(Duration most) {
    return Uni.createFrom()
        .deferred(() ->
            isReady.getAsBoolean()
                ? Uni.createFrom().item(true)
                : room().ifNoItem().after(most).recoverWithItem(false));
  }

  private Uni<Boolean> room() {
    return Uni.createFrom()
        .emitter(emitter -> {
          synchronized (this) {
            waiting = emitter;
          }
          // It may have been made meanwhile.
          if (isReady.getAsBoolean()) {
            made();
          }
        });
  }

  void made() {
    UniEmitter<? super Boolean> served;
    synchronized (this) {
      served = waiting;
      waiting = null;
    }
    if (served != null) {
      served.complete(true);
    }
  }
}
