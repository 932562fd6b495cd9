package io.kiroku.gateway.reach;

import grpc.health.v1.MutinyHealthGrpc.MutinyHealthStub;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;

/// The services behind the gateway, each asked every few seconds.
@ApplicationScoped
class Services {
  private static final Duration ASK_EVERY = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final List<ServiceReach> all;
  private long timer;

  Services(
      Vertx vertx,
      @GrpcClient("command") MutinyHealthStub command,
      @GrpcClient("query") MutinyHealthStub query,
      @GrpcClient("job") MutinyHealthStub job) {
    this.vertx = vertx;
    this.all =
        List.of(
            new ServiceReach("command-service", command),
            new ServiceReach("query-service", query),
            new ServiceReach("job-service", job));
  }

  List<ServiceReach> all() {
    return all;
  }

  void start(@Observes StartupEvent started) {
    askAll();
    timer = vertx.setPeriodic(ASK_EVERY.toMillis(), _ -> askAll());
  }

  void stop(@Observes ShutdownEvent stopping) {
    vertx.cancelTimer(timer);
  }

  private void askAll() {
    all.forEach(ServiceReach::ask);
  }
}
