package io.kiroku.launcher;

import io.kiroku.proto.projection.v1.SkipParkedEventRequest;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "skip",
    mixinStandardHelpOptions = true,
    description = "Passes over the event that fails, and goes on behind it.")
final class ProjectionsSkipCommand implements Callable<Integer> {
  @Mixin private ProjectionCalls projections = new ProjectionCalls();
  @Mixin private FailingEventOptions event = new FailingEventOptions();

  @Override
  public Integer call() {
    return projections.call(admin -> {
      var _ =
          admin.skipParkedEvent(
              SkipParkedEventRequest.newBuilder()
                  .setProjection(event.projection)
                  .setStream(event.stream)
                  .setFailingRevision(event.revision)
                  .setReason(event.reason)
                  .build());
      System.out.println("  " + event.stream + ": revision " + event.revision + " is passed over");
    });
  }
}
