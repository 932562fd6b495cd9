package io.kiroku.launcher;

import io.kiroku.launcher.platform.Platform;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Stops one part and starts it again, after a rebuild or to watch the others cope.
@Command(
    name = "restart",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Stops one part and starts it again; the others run on.")
final class RestartCommand implements Callable<Integer> {
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(names = "--kill", description = "kill -9 instead of an orderly stop")
  private boolean kill;

  @Parameters(paramLabel = "PART", description = "as ./kiroku status names it")
  private String part = "";

  @Override
  public Integer call() {
    Platform platform = options.platform();
    long begin = System.nanoTime();
    if (kill) {
      platform.kill(part);
    } else {
      platform.stop(part);
    }
    platform.start(part);
    System.out.printf(
        "%s is up again after %d ms%n", part, (System.nanoTime() - begin) / 1_000_000);
    return 0;
  }
}
