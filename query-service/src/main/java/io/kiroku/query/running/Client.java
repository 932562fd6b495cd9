package io.kiroku.query.running;

import io.grpc.Context;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/// Who a stream is sent to.
///
/// @param ready whether he takes more. Nothing else holds a stream back: what is sent to who does
///   not read is kept in memory
/// @param left completes when he is gone
public record Client(BooleanSupplier ready, CompletableFuture<Void> left) {
  static final Context.Key<Client> KEY =
      Context.keyWithDefault("kiroku-client", new Client(() -> true, new CompletableFuture<>()));

  /// The running call's, of a service with the interceptor [Clients]. To be asked for on the thread
  /// that enters the gRPC method.
  public static Client current() {
    return KEY.get();
  }
}
