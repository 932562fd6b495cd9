package io.kiroku.service.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jboss.logging.MDC;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
class TracesTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @Inject Vertx vertx;

  @Test
  void without_a_span_a_new_trace_is_made_up() {
    assertThat(Traces.current()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(Traces.current()).isNotEqualTo(Traces.current());
    assertThat(Traces.currentTraceId()).isNull();
  }

  @Test
  void on_a_plain_thread_the_work_and_its_log_lines_belong_to_the_trace() {
    AtomicReference<Object> logged = new AtomicReference<>();
    AtomicReference<String> seen = new AtomicReference<>();

    Traces.within(
        TRACEPARENT,
        "work",
        () -> {
          seen.set(Traces.current());
          logged.set(MDC.get("traceId"));
        });

    assertThat(seen.get()).startsWith("00-" + TRACE).isNotEqualTo(TRACEPARENT);
    assertThat(logged.get()).isEqualTo(TRACE);
    assertThat(MDC.get("traceId")).isNull();
  }

  @Test
  void a_malformed_traceparent_begins_a_new_trace() {
    Traces.within("rubbish", "work", () -> assertThat(Traces.currentTraceId()).isNotNull());
  }

  @Test
  void on_an_event_loop_several_run_side_by_side() throws Exception {
    List<String> traces =
        IntStream.range(10, 30).mapToObj(i -> "4bf92f3577b34da6a3ce929d0e0e47" + i).toList();
    CompletableFuture<List<String>> seen = new CompletableFuture<>();

    vertx.runOnContext(_ ->
        Uni.join()
            .all(traces.stream().map(TracesTest::logsLater).toList())
            .andFailFast()
            .subscribe()
            .with(seen::complete, seen::completeExceptionally));

    assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(traces);
  }

  private static Uni<String> logsLater(String trace) {
    return Traces.within(
        "00-" + trace + "-00f067aa0ba902b7-01",
        "work",
        () -> {
          var own = Vertx.currentContext();
          return Uni.createFrom()
              .voidItem()
              .onItem()
              .delayIt()
              .by(Duration.ofMillis(10))
              .emitOn(result -> own.runOnContext(_ -> result.run()))
              .map(_ -> String.valueOf(MDC.get("traceId")));
        });
  }
}
