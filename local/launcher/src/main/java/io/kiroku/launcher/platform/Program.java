package io.kiroku.launcher.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Copies what was built to where it runs: a build writes over jars in place, and a JVM that still
/// has classes to load from them would break.
final class Program {
  private static final List<String> BESIDE_THE_JAR = List.of("lib", "app", "quarkus");

  private Program() {}

  /// Makes `directory` hold `jar` and what belongs to it, and nothing else.
  static void install(Path jar, Path directory) throws IOException {
    Wipe.delete(directory);
    Files.createDirectories(directory);
    Files.copy(jar, directory.resolve(jar.getFileName()));
    for (String name : BESIDE_THE_JAR) {
      Path source = Objects.requireNonNull(jar.getParent()).resolve(name);
      if (Files.isDirectory(source)) {
        copy(source, directory.resolve(name));
      }
    }
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      List<Path> parentsFirst = files.toList();
      for (Path file : parentsFirst) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
  }
}
