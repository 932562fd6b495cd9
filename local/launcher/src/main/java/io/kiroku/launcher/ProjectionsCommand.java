package io.kiroku.launcher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
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
      ProjectionsDropCommand.class
    })
final class ProjectionsCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
