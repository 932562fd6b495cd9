package io.kiroku.launcher.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where things are: the checkout with what was built, and the data directory with all that runs.
public record Layout(Path root, Path data) {
  private static final String VERSION = "0.1.0-SNAPSHOT";

  /// Makes both absolute: children run in another directory.
  public Layout {
    root = root.toAbsolutePath().normalize();
    data = data.toAbsolutePath().normalize();
  }

  /// Finds the checkout: the property `kiroku.root`, or the first directory upwards that holds the
  /// launcher's sources.
  ///
  /// @throws PlatformException if there is none
  public static Path findRoot() {
    String told = System.getProperty("kiroku.root");
    if (told != null) {
      return Path.of(told);
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("local/launcher/pom.xml"))) {
        return at;
      }
    }
    throw new PlatformException("not inside a checkout of kiroku");
  }

  /// The standard layout of a checkout: data under `.kiroku` of the working directory.
  public static Layout standard() {
    return new Layout(findRoot(), Path.of(".kiroku"));
  }

  /// The runnable jar of a module that is plain Java.
  Path jar(String module, String artifact) {
    return root.resolve(module).resolve("target").resolve(artifact + "-" + VERSION + ".jar");
  }

  /// The runnable jar of a Quarkus service.
  Path service(String module) {
    return root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
  }

  /// The registry as the build unpacked it.
  Path registry() {
    return root.resolve("local/launcher/target/registry/quarkus-run.jar");
  }

  /// Server binaries, unpacked once per checkout.
  Path binaries() {
    return root.resolve("local/launcher/target/binaries");
  }

  /// The log of a process.
  public Path log(String name) {
    return data.resolve("log").resolve(name + ".log");
  }

  /// Where a copy of a part's jar runs from.
  Path program(String name, Path jar) {
    return programs().resolve(name).resolve(jar.getFileName());
  }

  /// Copies of what was built, one directory for each part.
  Path programs() {
    return data.resolve("program");
  }

  /// Process records.
  Path run() {
    return data.resolve("run");
  }

  /// Keys and passwords, readable by their owner only.
  public Path keys() {
    return data.resolve("keys");
  }

  /// What a part stores.
  Path store(String name) {
    return data.resolve("data").resolve(name);
  }

  void createDirectories() {
    try {
      Files.createDirectories(data.resolve("log"));
      Files.createDirectories(run());
      Files.createDirectories(data.resolve("data"));
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write below " + data, failure);
    }
  }
}
