package io.kiroku.launcher;

import io.kiroku.proto.projection.v1.ListProjectionsRequest;
import io.kiroku.proto.projection.v1.ProjectionStatus;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Shows for each read model how far it is behind the log.")
final class ProjectionsStatusCommand implements Callable<Integer> {
  @Mixin private ProjectionCalls projections = new ProjectionCalls();

  @Override
  public Integer call() {
    return projections.call(admin ->
        admin
            .listProjections(ListProjectionsRequest.getDefaultInstance())
            .getProjectionsList()
            .forEach(it -> System.out.println(line(it))));
  }

  private static String line(ProjectionStatus status) {
    String behind =
        status.hasBehind()
            ? "%s%d events, %d s behind"
                .formatted(
                    status.getEventsBehindEstimated() ? "about " : "",
                    status.getEventsBehind(),
                    status.getBehind().getSeconds())
            : "not measured yet";
    return String.format(
        Locale.ROOT,
        "  %-22s %-10s position %d of %d, %s, %d parked (%d dead) %s",
        status.getId(),
        status.getState().toLowerCase(Locale.ROOT),
        status.getWatermark(),
        status.getHeadPosition(),
        behind,
        status.getParkedStreams(),
        status.getDeadStreams(),
        status.getReason());
  }
}
