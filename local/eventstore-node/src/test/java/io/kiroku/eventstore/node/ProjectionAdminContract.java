package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.EventStoreDBProjectionManagementClient;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.ProjectionDetails;
import com.eventstore.dbclient.StreamNotFoundException;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// What operators see and decide of the system projections.
abstract class ProjectionAdminContract extends NodeTest {
  private static final Duration WAIT = Duration.ofSeconds(WAIT_SECONDS);
  private static final String BY_CATEGORY = "$by_category";

  ProjectionAdminContract(Kind kind) {
    super(kind);
  }

  private interface Work {
    void on(EventStoreDBProjectionManagementClient projections) throws Exception;
  }

  private void managed(Work work) throws Exception {
    var projections =
        EventStoreDBProjectionManagementClient.create(
            EventStoreDBConnectionString.parseOrThrow(node.connectionString()));
    try {
      work.on(projections);
    } finally {
      result(projections.shutdown());
    }
  }

  @Test
  void projections_of_a_new_log_are_there_and_stopped() throws Exception {
    append("order-1", ExpectedRevision.any(), events(1));
    managed(projections -> {
      List<ProjectionDetails> all = result(projections.list());
      assertThat(all)
          .extracting(ProjectionDetails::getName)
          .containsExactlyInAnyOrder(
              "$streams",
              "$stream_by_category",
              BY_CATEGORY,
              "$by_event_type",
              "$by_correlation_id");
      assertThat(all).extracting(ProjectionDetails::getStatus).containsOnly("Stopped");
    });
    assertThatThrownBy(() -> read("$ce-order")).isInstanceOf(StreamNotFoundException.class);
  }

  @Test
  void enabled_projection_begins_at_the_beginning_and_survives_a_restart() throws Exception {
    append("order-1", ExpectedRevision.any(), events(5));
    managed(projections -> {
      done(projections.enable(BY_CATEGORY));
      awaitLinks(5);
      await()
          .atMost(WAIT)
          .until(() -> status(projections).getEventsProcessedAfterRestart() == node.end());
      ProjectionDetails details = status(projections);
      assertThat(details.getProgress()).isEqualTo(100f);
      assertThat(details.getStatus()).isEqualTo("Running");
      assertThat(details.getMode()).isEqualTo("Continuous");
      assertThat(details.getPosition())
          .isEqualTo("C:%1$d/P:%1$d".formatted(node.end() - 1))
          .isEqualTo(details.getLastCheckpoint());
    });
    restart();
    append("order-2", ExpectedRevision.any(), events(5));
    awaitLinks(10);
    assertThatThrownBy(() -> read("$et-event-0")).isInstanceOf(StreamNotFoundException.class);
  }

  @Test
  void disabled_projection_stands_still_and_misses_nothing() throws Exception {
    managed(projections -> {
      done(projections.enable(BY_CATEGORY));
      done(projections.enable("$by_event_type"));
      append("order-1", ExpectedRevision.any(), events(2));
      awaitLinks(2);
      done(projections.disable(BY_CATEGORY));
      append("order-1", ExpectedRevision.any(), events(3));
      await().atMost(WAIT).until(() -> found(() -> read("$et-event-2").size() == 1));
      assertThat(read("$ce-order")).hasSize(2);
      assertThat(status(projections).getStatus()).isEqualTo("Stopped");
      done(projections.enable(BY_CATEGORY));
      awaitLinks(5);
    });
  }

  @Test
  void reset_projection_fills_its_streams_anew_and_alike() throws Exception {
    append("order-1", ExpectedRevision.any(), events(300));
    managed(projections -> {
      done(projections.enable(BY_CATEGORY));
      awaitLinks(300);
      var before = read("$ce-order").stream().map(e -> e.getOriginalEvent().getEventId()).toList();
      done(projections.reset(BY_CATEGORY));
      append("order-1", ExpectedRevision.any(), events(1));
      awaitLinks(301);
      assertThat(read("$ce-order").stream().map(e -> e.getOriginalEvent().getEventId()))
          .startsWith(before.toArray(UUID[]::new));
      done(projections.restartSubsystem());
    });
  }

  @Test
  void unknown_projections_are_not_found_and_others_than_systems_are_not_served() throws Exception {
    managed(projections -> {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> done(projections.getStatus("mine")),
              () -> done(projections.enable("mine")),
              () -> done(projections.disable("mine")),
              () -> done(projections.abort("mine")),
              () -> done(projections.reset("mine")),
              () -> done(projections.delete("mine")),
              () -> done(projections.update("mine", "fromAll()")),
              () -> done(projections.getState("mine", String.class)))) {
        assertFails(call, Status.Code.NOT_FOUND);
      }
      assertFails(() -> done(projections.create("mine", "")), Status.Code.UNIMPLEMENTED);
      assertFails(() -> done(projections.delete(BY_CATEGORY)), Status.Code.UNIMPLEMENTED);
      assertFails(
          () -> done(projections.getResult(BY_CATEGORY, String.class)), Status.Code.UNIMPLEMENTED);
    });
  }

  private static void assertFails(ThrowingCallable call, Status.Code code) {
    assertThatThrownBy(call)
        .satisfies(e -> assertThat(Status.fromThrowable(e).getCode()).isEqualTo(code));
  }

  private static void done(CompletableFuture<?> future) throws Exception {
    var _ = result(future);
  }

  private static ProjectionDetails status(EventStoreDBProjectionManagementClient projections)
      throws Exception {
    return result(projections.getStatus(BY_CATEGORY));
  }

  private void awaitLinks(int count) {
    await().atMost(WAIT).until(() -> found(() -> read("$ce-order").size() >= count));
  }

  /// False, too, while the stream is not there yet.
  private static boolean found(Callable<Boolean> condition) throws Exception {
    try {
      return condition.call();
    } catch (StreamNotFoundException _) {
      return false;
    }
  }
}
