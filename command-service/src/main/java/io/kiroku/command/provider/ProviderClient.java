package io.kiroku.command.provider;

import io.kiroku.service.tracing.Traces;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import jakarta.enterprise.util.TypeLiteral;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jboss.logging.Logger;

/// Calls one provider.
public final class ProviderClient {
  private static final Logger LOG = Logger.getLogger(ProviderClient.class);
  private static final int SERVER_ERROR = 500;
  // Of the client errors those that say "later":
  // https://www.rfc-editor.org/rfc/rfc9110#name-408-request-timeout,
  // https://www.rfc-editor.org/rfc/rfc8470#section-5.2,
  // https://www.rfc-editor.org/rfc/rfc6585#section-4
  private static final Set<Integer> LATER = Set.of(408, 425, 429);

  private final String name;
  private final String url;
  private final ProviderConfig config;
  private final WebClient http;
  private final BiConsumer<String, Duration> calls;
  private final TypedGuard<Uni<ProviderAnswer>> guard;
  private volatile CircuitBreakerState state = CircuitBreakerState.CLOSED;

  /// @param name as operators call it
  /// @param calls hears how each call ended and how long it took
  ProviderClient(
      String name,
      String url,
      ProviderConfig config,
      WebClient http,
      BiConsumer<String, Duration> calls) {
    this.name = name;
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.config = config;
    this.http = http;
    this.calls = calls;
    this.guard =
        TypedGuard.create(new AnswerType())
            .withDescription(name)
            .withThreadOffload(false)
            .withTimeout()
            .duration(config.timeLimit().toMillis(), ChronoUnit.MILLIS)
            .done()
            .withCircuitBreaker()
            .failOn(
                List.of(
                    ProviderFailed.class,
                    ProviderUnreachable.class,
                    org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException.class))
            .requestVolumeThreshold(config.breaker().volume())
            .failureRatio(config.breaker().failureRatio())
            .delay(config.breaker().delay().toMillis(), ChronoUnit.MILLIS)
            .onStateChange(this::changed)
            .done()
            .build();
  }

  public String name() {
    return name;
  }

  public CircuitBreakerState state() {
    return state;
  }

  /// Posts to a path of the contract; the current trace goes with it.
  ///
  /// Fails with [ProviderUnreachable] or [ProviderFailed].
  public Uni<ProviderAnswer> post(String path, String idempotencyKey, JsonObject body) {
    HttpRequest<Buffer> request =
        http.postAbs(url + path)
            .timeout(config.timeLimit().toMillis())
            .putHeader("Idempotency-Key", idempotencyKey)
            .putHeader("traceparent", Traces.current());
    config.token().ifPresent(request::bearerTokenAuthentication);
    return Uni.createFrom()
        .deferred(() -> {
          long begin = System.nanoTime();
          return guard
              .get(() -> send(request, body))
              .onFailure()
              .transform(this::named)
              .onItemOrFailure()
              .invoke((_, failure) -> calls.accept(outcome(failure), since(begin)));
        })
        // What follows may block for a moment; the connection's thread must not.
        .emitOn(Infrastructure.getDefaultWorkerPool());
  }

  private Uni<ProviderAnswer> send(HttpRequest<Buffer> request, JsonObject body) {
    return Uni.createFrom()
        .completionStage(() -> request.sendJsonObject(body).toCompletionStage())
        .onFailure()
        .transform(this::unanswered)
        .onItem()
        .transformToUni(this::answer);
  }

  private Uni<ProviderAnswer> answer(HttpResponse<Buffer> response) {
    int status = response.statusCode();
    return status >= SERVER_ERROR || LATER.contains(status)
        ? Uni.createFrom().failure(new ProviderFailed(name, "answered " + status, null))
        : Uni.createFrom().item(new ProviderAnswer(status, json(response)));
  }

  private static JsonObject json(HttpResponse<Buffer> response) {
    try {
      JsonObject body = response.bodyAsJsonObject();
      return body == null ? new JsonObject() : body;
    } catch (DecodeException | ClassCastException notAnObject) {
      return new JsonObject();
    }
  }

  /// Without a connection nothing was said about the request; all else may be its own fault.
  private Throwable unanswered(Throwable failure) {
    return switch (failure) {
      case ConnectException _, NoRouteToHostException _, UnknownHostException _, SSLException _ ->
          new ProviderUnreachable(name, String.valueOf(failure.getMessage()), failure);
      case TimeoutException _ -> late(failure);
      default -> new ProviderFailed(name, "did not answer: " + failure.getMessage(), failure);
    };
  }

  private ProviderFailed late(Throwable failure) {
    return new ProviderFailed(name, "did not answer within " + config.timeLimit(), failure);
  }

  private Throwable named(Throwable failure) {
    return switch (failure) {
      case CircuitBreakerOpenException open ->
          new ProviderUnreachable(name, "it failed too often and is left alone", open);
      case org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException late -> late(late);
      default -> failure;
    };
  }

  private static String outcome(Throwable failure) {
    return switch (failure) {
      case null -> "answered";
      case ProviderFailed _ -> "failed";
      case ProviderUnreachable unreachable ->
          unreachable.getCause() instanceof CircuitBreakerOpenException
              ? "prevented"
              : "unreachable";
      default -> "broken";
    };
  }

  private static Duration since(long begin) {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void changed(CircuitBreakerState now) {
    state = now;
    LOG.warnf("the breaker of the %s is %s", name, now);
  }

  /// Has a name so that a native image can be told to keep what it is a type of.
  @RegisterForReflection
  static final class AnswerType extends TypeLiteral<Uni<ProviderAnswer>> {
    private static final long serialVersionUID = 1;
  }
}
