package io.kiroku.launcher;

import io.kiroku.launcher.platform.Platform;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Starts what is missing and leaves it running.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts the platform and returns when every part is healthy; all of it runs on.",
      "What runs already is left alone. Ctrl-C while it starts stops what this command started."
    })
final class UpCommand implements Callable<Integer> {
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(names = "--fresh", description = "stops what runs and empties all data first")
  private boolean fresh;

  @Option(names = "--infrastructure", description = "everything but the five services")
  private boolean infrastructureOnly;

  @Parameters(arity = "0..*", paramLabel = "PART", description = "only these parts")
  private List<String> parts = List.of();

  @Override
  public Integer call() {
    Platform platform =
        fresh
            ? Platform.emptied(options.layout(), options.asked(), new PrintedProgress(System.out))
            : options.platform();
    var startup = new Startup(platform, System.out);
    if (!parts.isEmpty()) {
      startup.only(parts);
    } else if (infrastructureOnly) {
      startup.infrastructure();
    } else {
      startup.everything();
    }
    return 0;
  }
}
