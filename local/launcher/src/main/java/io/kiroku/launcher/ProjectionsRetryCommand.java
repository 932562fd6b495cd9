package io.kiroku.launcher;

import io.kiroku.proto.projection.v1.ProjectionAdminGrpc.ProjectionAdminBlockingStub;
import io.kiroku.proto.projection.v1.RetryParkedStreamRequest;
import io.kiroku.proto.projection.v1.RetryParkedStreamsRequest;
import io.kiroku.proto.projection.v1.RetryParkedStreamsResponse;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "retry",
    mixinStandardHelpOptions = true,
    description = "Tries one parked stream now, or all that match.")
final class ProjectionsRetryCommand implements Callable<Integer> {
  @Mixin private ProjectionCalls projections = new ProjectionCalls();
  @Mixin private ParkedFilterOptions filter = new ParkedFilterOptions();

  @Option(
      names = "--per-second",
      defaultValue = "10",
      paramLabel = "N",
      description = "at most so many streams a second (default: ${DEFAULT-VALUE})")
  private int perSecond;

  @Parameters(index = "0", paramLabel = "PROJECTION", description = "name or id")
  private String projection = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      defaultValue = "",
      paramLabel = "STREAM",
      description = "order-<id>, for example; all that match the options, if left out")
  private String stream = "";

  @Override
  public Integer call() {
    return projections.call(stream.isEmpty() ? this::all : this::one);
  }

  private void one(ProjectionAdminBlockingStub admin) {
    var _ =
        admin.retryParkedStream(
            RetryParkedStreamRequest.newBuilder()
                .setProjection(projection)
                .setStream(stream)
                .build());
    System.out.println("  " + stream + " goes on");
  }

  private void all(ProjectionAdminBlockingStub admin) {
    admin
        .retryParkedStreams(
            RetryParkedStreamsRequest.newBuilder()
                .setFilter(filter.of(projection))
                .setPerSecond(perSecond)
                .build())
        .forEachRemaining(it -> System.out.println(line(it)));
  }

  private static String line(RetryParkedStreamsResponse tried) {
    return "  %d of %d: %s %s %s"
        .formatted(
            tried.getDone(),
            tried.getTotal(),
            tried.getStream(),
            tried.getOutcome(),
            tried.getDetail());
  }
}
