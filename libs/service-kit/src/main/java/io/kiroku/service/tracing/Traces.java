package io.kiroku.service.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// Carries traces through the log, the outbox and Kafka as `traceparent`
/// (https://www.w3.org/TR/trace-context/#traceparent-header).
public final class Traces {
  private static final String HEADER = "traceparent";
  private static final String LOGGED_TRACE = "traceId";
  private static final String LOGGED_SPAN = "spanId";

  private Traces() {}

  /// The current span's `traceparent`, or one of a new trace if there is no span.
  public static String current() {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      return traceparent(span.getTraceId(), span.getSpanId(), span.getTraceFlags().asHex());
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    // Neither id may be all zeros.
    return traceparent(
        "%016x%016x".formatted(random.nextLong(), random.nextLong() | 1L),
        "%016x".formatted(random.nextLong() | 1L),
        "01");
  }

  /// The current trace's id, if there is a span; it is what clients quote when they ask for help.
  public static @Nullable String currentTraceId() {
    SpanContext span = Span.current().getSpanContext();
    return span.isValid() ? span.getTraceId() : null;
  }

  /// Runs the work in a span that continues the trace (or starts one if it is null or malformed).
  ///
  /// On a Vert.x thread the work gets a Vert.x context of its own, so that several run side by side
  /// and each logs its own trace; the result comes back on the context of the subscriber.
  public static <T> Uni<T> within(
      @Nullable String traceparent, String spanName, Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(() -> {
          io.vertx.core.Context caller = Vertx.currentContext();
          Span span = start(traceparent, spanName);
          Uni<T> traced =
              caller == null ? onThisThread(span, work) : onOwnContext(caller, span, work);
          return traced
              .onFailure()
              .invoke(failure -> failed(span, failure))
              .onTermination()
              .invoke(span::end);
        });
  }

  /// Runs the work on this thread in a span that continues the trace.
  public static void within(@Nullable String traceparent, String spanName, Runnable work) {
    Span span = start(traceparent, spanName);
    try (Scope _ = span.makeCurrent()) {
      logged(span, work);
    } catch (RuntimeException | Error failure) {
      failed(span, failure);
      throw failure;
    } finally {
      span.end();
    }
  }

  // On Vert.x contexts Quarkus tells the log about the span, on other threads nobody does.
  private static void logged(Span span, Runnable work) {
    Object before = MDC.get(LOGGED_TRACE);
    Object beforeSpan = MDC.get(LOGGED_SPAN);
    MDC.put(LOGGED_TRACE, span.getSpanContext().getTraceId());
    MDC.put(LOGGED_SPAN, span.getSpanContext().getSpanId());
    try {
      work.run();
    } finally {
      restore(LOGGED_TRACE, before);
      restore(LOGGED_SPAN, beforeSpan);
    }
  }

  private static void restore(String key, @Nullable Object value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }

  private static <T> Uni<T> onThisThread(Span span, Supplier<Uni<T>> work) {
    try (Scope _ = span.makeCurrent()) {
      return work.get();
    }
  }

  private static <T> Uni<T> onOwnContext(
      io.vertx.core.Context caller, Span span, Supplier<Uni<T>> work) {
    io.vertx.core.Context own =
        Objects.requireNonNull(VertxContext.createNewDuplicatedContext(caller));
    VertxContextSafetyToggle.setContextSafe(own, true);
    return Uni.createFrom()
        .<T>emitter(emitter -> own.runOnContext(_ -> subscribe(span, work, emitter)))
        .emitOn(result -> caller.runOnContext(_ -> result.run()));
  }

  // Not closed: the span stays current in `own`, which ends with the work.
  @SuppressWarnings("MustBeClosed")
  private static <T> void subscribe(Span span, Supplier<Uni<T>> work, UniEmitter<? super T> to) {
    var _ = span.makeCurrent();
    Uni<T> running = Uni.createFrom().deferred(work::get);
    var subscription = running.subscribe().with(to::complete, to::fail);
    to.onTermination(subscription::cancel);
  }

  private static Span start(@Nullable String traceparent, String spanName) {
    Context parent =
        traceparent == null
            ? Context.root()
            : W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), traceparent, TraceparentGetter.INSTANCE);
    return GlobalOpenTelemetry.getTracer("kiroku")
        .spanBuilder(spanName)
        .setParent(parent)
        .setSpanKind(SpanKind.CONSUMER)
        .startSpan();
  }

  private static void failed(Span span, Throwable failure) {
    span.setStatus(StatusCode.ERROR, failure.getClass().getSimpleName());
  }

  private static String traceparent(String traceId, String spanId, String flags) {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }

  private enum TraceparentGetter implements TextMapGetter<String> {
    INSTANCE;

    @Override
    public Iterable<String> keys(String traceparent) {
      return List.of(HEADER);
    }

    @Override
    public @Nullable String get(@Nullable String traceparent, String key) {
      return key.equals(HEADER) ? traceparent : null;
    }
  }
}
