package io.kiroku.launcher;

import io.kiroku.launcher.platform.Layout;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.PlatformException;
import io.kiroku.launcher.platform.PortPlan;
import io.kiroku.launcher.platform.SavedPorts;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which platform is meant; the same two options on every command.
final class PlatformOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".kiroku",
      description = "data, logs and keys (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(".kiroku");

  @Option(
      names = "--port-offset",
      paramLabel = "N",
      description = "moves every port by N (default: 0, or that of the platform that runs)")
  private @Nullable Integer portOffset;

  Layout layout() {
    return new Layout(Layout.findRoot(), data);
  }

  /// The platform on the ports asked for; on those it runs with, if nothing was asked for.
  Platform platform() {
    Layout layout = layout();
    Optional<PortPlan> saved = SavedPorts.read(layout);
    if (saved.isPresent() && new Platform(layout, saved.get()).isAnyRunning()) {
      if (portOffset != null && !PortPlan.standard(portOffset).equals(saved.get())) {
        throw new PlatformException(
            "the platform runs on other ports; stop it first: ./kiroku down");
      }
      return new Platform(layout, saved.get());
    }
    return new Platform(layout, asked());
  }

  /// The ports asked for, whatever runs.
  PortPlan asked() {
    return PortPlan.standard(portOffset == null ? 0 : portOffset);
  }
}
