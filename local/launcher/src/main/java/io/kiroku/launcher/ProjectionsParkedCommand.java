package io.kiroku.launcher;

import io.kiroku.proto.projection.v1.ListParkedStreamsRequest;
import io.kiroku.proto.projection.v1.ListParkedStreamsResponse;
import io.kiroku.proto.projection.v1.ParkedStream;
import io.kiroku.proto.projection.v1.ProjectionAdminGrpc.ProjectionAdminBlockingStub;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "parked",
    mixinStandardHelpOptions = true,
    description = "Lists the streams that wait behind an event that cannot be applied.")
final class ProjectionsParkedCommand implements Callable<Integer> {
  @Mixin private ProjectionCalls projections = new ProjectionCalls();
  @Mixin private ParkedFilterOptions filter = new ParkedFilterOptions();

  @Parameters(
      arity = "0..1",
      defaultValue = "",
      paramLabel = "PROJECTION",
      description = "name or id, order-view for example; all, if left out")
  private String projection = "";

  @Override
  public Integer call() {
    return projections.call(this::list);
  }

  private void list(ProjectionAdminBlockingStub admin) {
    var request = ListParkedStreamsRequest.newBuilder().setFilter(filter.of(projection));
    ListParkedStreamsResponse page;
    do {
      page = admin.listParkedStreams(request.build());
      page.getStreamsList().forEach(it -> System.out.println(line(it)));
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
  }

  private static String line(ParkedStream parked) {
    String next =
        parked.getDead()
            ? "dead"
            : "next try " + Instant.ofEpochSecond(parked.getNextRetry().getSeconds());
    return "  %s %s revision %d of %d, %d attempts, %s: %s"
        .formatted(
            parked.getProjection(),
            parked.getStream(),
            parked.getFailingRevision(),
            parked.getHighestSeenRevision(),
            parked.getAttempts(),
            next,
            parked.getError());
  }
}
