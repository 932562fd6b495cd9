package io.kiroku.query.running;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/// Tells streams about their clients. The gRPC server hears of a client who leaves only while his
/// request is coming in (vertx-grpc-server 4.5.26), and that of a stream has come: so it is the
/// HTTP server that is listened to. The two know the same call by a header, which is set here.
@ApplicationScoped
public class Clients implements ServerInterceptor {
  private static final String CALL = "kiroku-call";
  private static final Metadata.Key<String> CALL_KEY =
      Metadata.Key.of(CALL, Metadata.ASCII_STRING_MARSHALLER);

  /// Methods whose answers are streams without an end.
  private static final String WATCHES = "Service/Watch";

  private static final int BEFORE_ALL_OTHERS = 1_000;

  private final Map<String, CompletableFuture<Void>> calls = new ConcurrentHashMap<>();

  void listen(@Observes Filters filters) {
    filters.register(this::listen, BEFORE_ALL_OTHERS);
  }

  private void listen(RoutingContext http) {
    if (http.normalizedPath().contains(WATCHES)) {
      String call = UUID.randomUUID().toString();
      calls.put(call, new CompletableFuture<>());
      http.request().headers().set(CALL, call);
      http.addEndHandler(_ -> gone(call));
    }
    http.next();
  }

  private void gone(String call) {
    CompletableFuture<Void> left = calls.remove(call);
    if (left != null) {
      left.complete(null);
    }
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String id = headers.get(CALL_KEY);
    CompletableFuture<Void> known = id == null ? null : calls.get(id);
    CompletableFuture<Void> left = known == null ? new CompletableFuture<>() : known;
    Context context = Context.current().withValue(Client.KEY, new Client(call::isReady, left));
    return Contexts.interceptCall(context, call, headers, next);
  }
}
