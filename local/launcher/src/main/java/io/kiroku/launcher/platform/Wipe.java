package io.kiroku.launcher.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Deletes what the platform has stored, and nothing outside its data directory.
final class Wipe {
  private Wipe() {}

  static void data(Layout layout) {
    delete(layout.data().resolve("data"));
    delete(layout.keys());
    layout.createDirectories();
  }

  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    // Files.walk follows no links, so a link out of the directory is deleted and not its target.
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot empty " + directory, failure);
    }
  }
}
