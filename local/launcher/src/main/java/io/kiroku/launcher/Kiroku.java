package io.kiroku.launcher;

import io.kiroku.launcher.platform.PlatformException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Entry point: every subcommand is a class of its own.
@Command(
    name = "./kiroku",
    description = "Runs the whole platform on this machine, without Docker.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "kiroku 0.1.0-SNAPSHOT",
    sortOptions = false,
    footer = {
      "",
      "First steps: ./kiroku demo      starts it and sends orders through it",
      "             ./kiroku status    shows what runs",
      "Data, logs and keys are kept below .kiroku (see --data)."
    },
    subcommands = {
      UpCommand.class,
      DownCommand.class,
      StatusCommand.class,
      LogsCommand.class,
      RestartCommand.class,
      TokenCommand.class,
      OutboxCommand.class,
      ProjectionsCommand.class,
      DemoCommand.class,
      BenchCommand.class,
      ChaosCommand.class,
      TestCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Kiroku implements Runnable {
  static final int FAILED = 1;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  private Kiroku() {}

  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /// Runs one command; 0 is success, 1 a failure that is explained on stderr, 2 wrong usage.
  public static int execute(String... args) {
    var command = new CommandLine(new Kiroku());
    command.setExecutionExceptionHandler((failure, line, _) -> explain(failure, line));
    return command.execute(args);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }

  private static int explain(Exception failure, CommandLine line) throws Exception {
    if (failure instanceof PlatformException expected) {
      line.getErr().println("kiroku: " + expected.getMessage());
      return FAILED;
    }
    throw failure; // a bug: its trace belongs on the screen
  }
}
