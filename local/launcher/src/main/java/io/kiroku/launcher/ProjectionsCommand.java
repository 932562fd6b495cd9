package io.kiroku.launcher;

import io.kiroku.proto.projection.v1.Builds;
import io.kiroku.proto.projection.v1.CancelRebuildRequest;
import io.kiroku.proto.projection.v1.DropKeptBuildRequest;
import io.kiroku.proto.projection.v1.GetBuildsRequest;
import io.kiroku.proto.projection.v1.RollbackBuildRequest;
import io.kiroku.proto.projection.v1.SwitchBuildRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// What operators do with read models.
@Command(
    name = "projections",
    mixinStandardHelpOptions = true,
    description = "Shows where the read models stand, and repairs them.",
    subcommands = {
      ProjectionsStatusCommand.class,
      ProjectionsParkedCommand.class,
      ProjectionsRetryCommand.class,
      ProjectionsSkipCommand.class,
      ProjectionsDropCommand.class,
      ProjectionsRebuildCommand.class,
      ProjectionsAuditCommand.class
    })
final class ProjectionsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  @Command(
      name = "builds",
      mixinStandardHelpOptions = true,
      description = "Shows which builds of a read model there are.")
  int builds(
      @Mixin ProjectionCalls projections, @Parameters(paramLabel = "PROJECTION") String name) {
    var request = GetBuildsRequest.newBuilder().setProjection(name).build();
    return projections.rebuilds(admin -> print(admin.getBuilds(request).getBuilds()));
  }

  @Command(
      name = "switch",
      mixinStandardHelpOptions = true,
      description = "Lets queries change over to the build that waits.")
  int switchOver(
      @Mixin ProjectionCalls projections, @Parameters(paramLabel = "PROJECTION") String name) {
    var request = SwitchBuildRequest.newBuilder().setProjection(name).build();
    return projections.rebuilds(admin -> print(admin.switchBuild(request).getBuilds()));
  }

  @Command(
      name = "rollback",
      mixinStandardHelpOptions = true,
      description = "Lets queries change back to the build that was live before.")
  int rollback(
      @Mixin ProjectionCalls projections, @Parameters(paramLabel = "PROJECTION") String name) {
    var request = RollbackBuildRequest.newBuilder().setProjection(name).build();
    return projections.rebuilds(admin -> print(admin.rollbackBuild(request).getBuilds()));
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      description = "Gives a rebuild up and removes what was built.")
  int cancel(
      @Mixin ProjectionCalls projections, @Parameters(paramLabel = "PROJECTION") String name) {
    var request = CancelRebuildRequest.newBuilder().setProjection(name).build();
    return projections.rebuilds(admin -> print(admin.cancelRebuild(request).getBuilds()));
  }

  @Command(
      name = "drop-kept",
      mixinStandardHelpOptions = true,
      description = "Removes the build that was live before.")
  int dropKept(
      @Mixin ProjectionCalls projections, @Parameters(paramLabel = "PROJECTION") String name) {
    var request = DropKeptBuildRequest.newBuilder().setProjection(name).build();
    return projections.rebuilds(admin -> print(admin.dropKeptBuild(request).getBuilds()));
  }

  private static void print(Builds builds) {
    System.out.printf("  live: build %d, kept: %s, ", builds.getLive(), number(builds.getKept()));
    System.out.println(
        builds.hasRebuild()
            ? "being built: build %d, %s"
                .formatted(builds.getRebuild().getBuild(), builds.getRebuild().getPhase())
            : "nothing is being built");
  }

  private static String number(int build) {
    return build == 0 ? "none" : "build " + build;
  }
}
