package io.kiroku.launcher;

import io.kiroku.launcher.platform.Platform;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Stops everything that was started from this data directory, whoever started it.
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stops every part, in order; what does not stop in time is killed.")
final class DownCommand implements Callable<Integer> {
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Override
  public Integer call() {
    Platform platform = options.platform();
    if (!platform.isAnyRunning()) {
      System.out.println("Nothing is running.");
      return 0;
    }
    platform.stop(new PrintedProgress(System.out));
    return 0;
  }
}
