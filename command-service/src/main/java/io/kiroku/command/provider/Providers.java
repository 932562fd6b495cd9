package io.kiroku.command.provider;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Vertx;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Everybody's way to providers over HTTP, and its figures.
@Singleton
// Guards made by hand look for this at run time; the extension registers only what annotations
// need.
@RegisterForReflection(classNames = "io.smallrye.faulttolerance.CdiSpi")
public final class Providers {
  /// As many as commands are handled at the same time: nobody's time limit runs in a queue.
  private static final int CONNECTIONS_MAX = 64;

  /// Shorter than servers keep theirs: a connection that was just closed there fails a call.
  private static final int IDLE_SECONDS_MAX = 20;

  private final WebClient http;
  private final MeterRegistry metrics;
  private final List<ProviderClient> clients = new CopyOnWriteArrayList<>();

  public Providers(Vertx vertx, MeterRegistry metrics) {
    this.metrics = metrics;
    this.http =
        WebClient.create(
            vertx,
            new WebClientOptions()
                .setMaxPoolSize(CONNECTIONS_MAX)
                .setKeepAliveTimeout(IDLE_SECONDS_MAX)
                .setFollowRedirects(false)
                .setUserAgent("kiroku")
                // The trace is in the request already.
                .setTracingPolicy(TracingPolicy.IGNORE));
  }

  /// @param name tells providers apart in metrics, health and log
  /// @param prefix of the configuration, for what is said about it
  /// @throws IllegalStateException if the address is missing or none
  public ProviderClient client(String name, String prefix, ProviderConfig config) {
    String url = config.url().orElseThrow(() -> wrong(prefix, "is not set"));
    if (!isHttp(url)) {
      throw wrong(prefix, "is no http or https address");
    }
    var client =
        new ProviderClient(
            name,
            url,
            config,
            http,
            (outcome, took) ->
                Timer.builder("kiroku.provider.calls")
                    .tags("provider", name, "outcome", outcome)
                    .register(metrics)
                    .record(took));
    Gauge.builder("kiroku.provider.breaker.open", client, Providers::openness)
        .tag("provider", name)
        .description("0 closed, 0.5 trying again, 1 open")
        .register(metrics);
    clients.add(client);
    return client;
  }

  List<ProviderClient> clients() {
    return List.copyOf(clients);
  }

  @PreDestroy
  void close() {
    http.close();
  }

  private static boolean isHttp(String url) {
    try {
      URI address = URI.create(url);
      return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null;
    } catch (IllegalArgumentException unreadable) {
      return false;
    }
  }

  private static IllegalStateException wrong(String prefix, String how) {
    return new IllegalStateException(
        "A provider over HTTP is configured, but %s.http.url %s".formatted(prefix, how));
  }

  private static double openness(ProviderClient client) {
    return switch (client.state()) {
      case CLOSED -> 0;
      case HALF_OPEN -> 0.5;
      case OPEN -> 1;
    };
  }
}
