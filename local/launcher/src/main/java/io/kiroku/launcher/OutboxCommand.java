package io.kiroku.launcher;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// What repairs the messages' way to Kafka.
@Command(
    name = "outbox",
    mixinStandardHelpOptions = true,
    description = "Repairs what is on its way to Kafka: see ./kiroku outbox republish --help.",
    subcommands = RepublishCommand.class)
final class OutboxCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
