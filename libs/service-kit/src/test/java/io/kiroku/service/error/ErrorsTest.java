package io.kiroku.service.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kiroku.decider.Rejection;
import io.kiroku.eventstore.ConcurrencyConflict;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.StreamId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ErrorsTest {
  private record Refused(Rejection.Kind kind) implements Rejection {
    @Override
    public String code() {
      return "ORDER_BELOW_MINIMUM";
    }

    @Override
    public String detail() {
      return "An order is worth at least 1,000 円.";
    }
  }

  @Test
  void a_rejection_arrives_with_its_code_and_the_status_of_its_kind() {
    Map<Rejection.Kind, Integer> expected =
        Map.of(
            Rejection.Kind.INVALID, 422,
            Rejection.Kind.NOT_FOUND, 404,
            Rejection.Kind.CONFLICT, 409,
            Rejection.Kind.FORBIDDEN_BY_STATE, 409);
    for (Rejection.Kind kind : Rejection.Kind.values()) {
      Problem problem = Problem.from(Errors.rejected(new Refused(kind)));

      assertThat(problem.httpStatus()).isEqualTo(expected.get(kind));
      assertThat(problem.code()).isEqualTo("ORDER_BELOW_MINIMUM");
      assertThat(problem.detail()).isEqualTo("An order is worth at least 1,000 円.");
      assertThat(problem.violations()).isEmpty();
    }
  }

  @Test
  void violations_arrive_with_their_paths() {
    List<Violation> wrong =
        List.of(
            new Violation("items[0].quantity", "must be at least 1"),
            new Violation("name", "is missing"));

    Problem problem = Problem.from(Errors.invalid(wrong));

    assertThat(problem.httpStatus()).isEqualTo(400);
    assertThat(problem.violations()).isEqualTo(wrong);
  }

  @Test
  void a_delay_that_the_service_asks_for_arrives() {
    RetryInfo delay = RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(1_500)).build();

    Problem told = Problem.from(Errors.of(Code.RESOURCE_EXHAUSTED, "FULL", "Full.", delay));
    Problem untold = Problem.from(Errors.overloaded("Full."));

    assertThat(told.retryAfter()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(untold.retryAfter()).isZero();
  }

  @Test
  void what_the_store_says_is_mapped() {
    Problem conflict = mapped(new ConcurrencyConflict(new StreamId("order-1"), 4));
    Problem down =
        mapped(
            new CompletionException(
                new EventStoreUnavailable("discovery failed at 10.0.0.3", null)));

    assertThat(conflict.code()).isEqualTo(Errors.REVISION_CONFLICT);
    assertThat(conflict.httpStatus()).isEqualTo(409);
    assertThat(down.httpStatus()).isEqualTo(503);
    assertThat(down.detail()).doesNotContain("10.0.0.3");
  }

  @Test
  void a_bug_tells_the_caller_an_id_and_nothing_else() {
    Problem problem = mapped(new IllegalStateException("password=secret"));

    assertThat(problem.httpStatus()).isEqualTo(500);
    assertThat(problem.code()).isEqualTo(Errors.INTERNAL);
    assertThat(problem.detail()).doesNotContain("secret").contains("error ");
  }

  @Test
  void texts_of_other_programs_do_not_get_through() {
    Problem problem =
        Problem.from(
            Status.UNAVAILABLE
                .withDescription("io exception /10.0.0.3:50051")
                .asRuntimeException());

    assertThat(problem.code()).isEqualTo("UNAVAILABLE");
    assertThat(problem.httpStatus()).isEqualTo(503);
    assertThat(problem.detail()).doesNotContain("10.0.0.3");
  }

  private static Problem mapped(Throwable failure) {
    StatusRuntimeException told = ErrorMapping.map(failure);
    return Problem.from(told);
  }
}
