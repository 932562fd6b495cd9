package io.kiroku.launcher;

import io.kiroku.proto.projection.v1.DropParkedStreamRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "drop",
    mixinStandardHelpOptions = true,
    description = "Passes over the event that fails and all that waits behind it.")
final class ProjectionsDropCommand implements Callable<Integer> {
  @Mixin private ProjectionCalls projections = new ProjectionCalls();
  @Mixin private FailingEventOptions event = new FailingEventOptions();

  @Override
  public Integer call() {
    return projections.call(admin -> {
      var _ =
          admin.dropParkedStream(
              DropParkedStreamRequest.newBuilder()
                  .setProjection(event.projection)
                  .setStream(event.stream)
                  .setFailingRevision(event.revision)
                  .setReason(event.reason)
                  .build());
      System.out.println("  " + event.stream + ": what waited is passed over");
    });
  }
}
