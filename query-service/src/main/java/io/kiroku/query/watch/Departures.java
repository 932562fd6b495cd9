package io.kiroku.query.watch;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Notices clients that leave before they were told everything. Vert.x tells gRPC of a reset only
/// while the request is still coming in; of a call with one request and many answers that is over
/// at once, and nobody would hear that its client is gone before something is sent to it.
@ApplicationScoped
class Departures {
  private static final String LEFT = "kiroku-client-left";

  void register(@Observes Router router) {
    router.route().order(Integer.MIN_VALUE).handler(Departures::notice);
  }

  private static void notice(RoutingContext exchange) {
    Context context = Vertx.currentContext();
    String type = exchange.request().getHeader("Content-Type");
    if (context != null && type != null && type.startsWith("application/grpc")) {
      CompletableFuture<Boolean> left = new CompletableFuture<>();
      context.putLocal(LEFT, left);
      exchange.addEndHandler(end -> {
        if (end.failed()) {
          left.complete(true);
        }
      });
    }
    exchange.next();
  }

  /// Completes when the running call's client leaves; never if that cannot be known.
  static CompletableFuture<Boolean> left() {
    Context context = Vertx.currentContext();
    @Nullable CompletableFuture<Boolean> left = context == null ? null : context.getLocal(LEFT);
    return left == null ? new CompletableFuture<>() : left;
  }
}
