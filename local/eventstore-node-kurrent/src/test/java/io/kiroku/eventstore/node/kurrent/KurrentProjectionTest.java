package io.kiroku.eventstore.node.kurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.kurrent.dbclient.KurrentDBProjectionManagementClient;
import io.kurrent.dbclient.ProjectionDetails;
import io.kurrent.dbclient.ReadStreamOptions;
import io.kurrent.dbclient.ResolvedEvent;
import io.kurrent.dbclient.StreamNotFoundException;
import io.kurrent.dbclient.StreamState;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// System projections and the streams that they fill.
final class KurrentProjectionTest extends KurrentTest {
  private static final String BY_CATEGORY = "$by_category";

  private final KurrentDBProjectionManagementClient projections;

  /// Only this test has streams of it.
  private final String category = "category" + UUID.randomUUID().toString().replace("-", "");

  KurrentProjectionTest(SharedNode node) throws SQLException {
    super(node);
    projections = KurrentDBProjectionManagementClient.from(client);
  }

  @Test
  void category_has_the_events_of_its_streams_in_their_order() {
    append(category + "-1", StreamState.any(), event("first"));
    append(category + "-2", StreamState.any(), event("second"));
    append(category + "-1", StreamState.any(), event("third"));
    await().atMost(WAIT).until(() -> links().size() == 3);
    assertThat(links())
        .extracting(event -> event.getEvent().getEventType())
        .containsExactly("first", "second", "third");
    assertThat(links())
        .extracting(event -> event.getLink().getRevision())
        .containsExactly(0L, 1L, 2L);
  }

  @Test
  void operators_see_and_decide() {
    assertThat(result(projections.list()))
        .extracting(ProjectionDetails::getName)
        .containsExactlyInAnyOrder(
            "$streams", "$stream_by_category", BY_CATEGORY, "$by_event_type", "$by_correlation_id");
    result(projections.disable(BY_CATEGORY));
    assertThat(status()).isEqualTo("Stopped");
    append(category + "-1", StreamState.any(), events(1));
    result(projections.enable(BY_CATEGORY));
    assertThat(status()).isEqualTo("Running");
    await().atMost(WAIT).until(() -> links().size() == 1);
    result(projections.reset(BY_CATEGORY));
    result(projections.restartSubsystem());
    append(category + "-1", StreamState.any(), events(1));
    await().atMost(WAIT).until(() -> links().size() == 2);
  }

  @Test
  void unknown_projections_are_not_found_and_others_than_systems_not_served() {
    assertFails(() -> result(projections.getStatus("mine")), Status.Code.NOT_FOUND);
    assertFails(() -> result(projections.enable("mine")), Status.Code.NOT_FOUND);
    assertFails(() -> result(projections.create("mine", "fromAll()")), Status.Code.UNIMPLEMENTED);
  }

  private String status() {
    return result(projections.getStatus(BY_CATEGORY)).getStatus();
  }

  /// None while the stream is not there yet.
  private List<ResolvedEvent> links() {
    ReadStreamOptions options = ReadStreamOptions.get().fromStart().resolveLinkTos();
    try {
      return result(client.readStream("$ce-" + category, options)).getEvents();
    } catch (CompletionException e) {
      assertThat(e).hasCauseInstanceOf(StreamNotFoundException.class);
      return List.of();
    }
  }

  private static void assertFails(Runnable call, Status.Code code) {
    assertThatThrownBy(call::run)
        .satisfies(e -> assertThat(Status.fromThrowable(e).getCode()).isEqualTo(code));
  }
}
