package io.kiroku.launcher.platform;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Remembers the ports of the platform that runs, for commands given later from another shell.
public final class SavedPorts {
  private static final JsonMapper JSON = new JsonMapper();

  private SavedPorts() {}

  /// The ports of the last start in this data directory.
  public static Optional<PortPlan> read(Layout layout) {
    Path file = file(layout);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      PortPlan saved = JSON.readValue(file.toFile(), PortPlan.class);
      // One that was written before some part was there is no plan any more.
      return Optional.of(saved).filter(plan -> plan.numbers().size() == Port.values().length);
    } catch (IOException damaged) {
      return Optional.empty();
    }
  }

  static void write(Layout layout, PortPlan ports) {
    try {
      JSON.writeValue(file(layout).toFile(), ports);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path file(Layout layout) {
    return layout.data().resolve("ports.json");
  }
}
