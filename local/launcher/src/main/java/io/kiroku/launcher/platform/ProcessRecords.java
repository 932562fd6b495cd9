package io.kiroku.launcher.platform;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One small file per process, `.kiroku/run/<name>.json`: what is needed to find it again after the
/// launcher itself is gone.
final class ProcessRecords {
  private static final JsonMapper JSON = new JsonMapper();

  private final Path directory;

  ProcessRecords(Path directory) {
    this.directory = directory;
  }

  Path fileOf(String name) {
    return directory.resolve(name + ".json");
  }

  /// The recorded process if it still is that process: a recycled pid counts as gone.
  Optional<ProcessIdentity> alive(String name) {
    return read(name).filter(ProcessIdentity::isAlive);
  }

  Optional<ProcessIdentity> read(String name) {
    Path file = fileOf(name);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readValue(file.toFile(), ProcessIdentity.class));
    } catch (IOException damaged) {
      // Written by rename, so never half there: somebody else's file says nothing about us.
      return Optional.empty();
    }
  }

  void forget(String name) {
    try {
      Files.deleteIfExists(fileOf(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
