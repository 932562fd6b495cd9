package io.kiroku.launcher;

import io.kiroku.launcher.demo.Demo;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Progress;
import java.io.Console;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Starts the platform if need be and shows what it does.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Starts the platform if need be, fills a small shop and sends orders through it.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(
      names = "--once",
      description = "stops the platform afterwards, if this command started it")
  private boolean once;

  @Override
  public Integer call() {
    Platform platform = options.platform();
    boolean ranBefore = platform.isAnyRunning();
    new Startup(platform, System.out).everything();
    try {
      boolean agreed = new Demo(Targets.of(platform), System.out, isTerminal()).run();
      return agreed ? 0 : Kiroku.FAILED;
    } finally {
      if (once && !ranBefore) {
        platform.stop(Progress.SILENT);
      }
    }
  }

  static boolean isTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }
}
