package io.kiroku.service.grpc;

import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;

/// Reconnects to a service within half a second of its return. Left alone, a channel waits longer
/// after every failure, up to two minutes, and answers UNAVAILABLE meanwhile
/// (https://github.com/grpc/grpc/blob/master/doc/connection-backoff.md).
@Unremovable
@ApplicationScoped
class PromptReconnect {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Vertx vertx;
  private final Instance<Channel> channels;
  private long timer;

  PromptReconnect(Vertx vertx, @Any Instance<Channel> channels) {
    this.vertx = vertx;
    this.channels = channels;
  }

  void start(@Observes StartupEvent started) {
    timer = vertx.setPeriodic(LOOK_EVERY.toMillis(), _ -> channels.forEach(this::look));
  }

  void stop(@Observes ShutdownEvent stopping) {
    vertx.cancelTimer(timer);
  }

  private void look(Channel channel) {
    if (channel instanceof ManagedChannel managed
        && managed.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
      managed.resetConnectBackoff();
    }
  }
}
