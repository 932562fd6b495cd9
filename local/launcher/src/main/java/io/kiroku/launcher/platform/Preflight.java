package io.kiroku.launcher.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// What is checked before anything starts, so that a refusal is one clear line and not ten logs.
final class Preflight {
  private static final Duration PORT_PATIENCE = Duration.ofSeconds(3);
  private static final Duration PORT_PAUSE = Duration.ofMillis(50);
  private static final long FREE_BYTES_MIN = 1L << 30;

  private final Layout layout;
  private final PortPlan ports;
  private final FreeSpace space;

  /// How many bytes the disk of a file has left for this user.
  @FunctionalInterface
  interface FreeSpace {
    long bytes(Path file) throws IOException;
  }

  Preflight(Layout layout, PortPlan ports) {
    this(layout, ports, file -> Files.getFileStore(file).getUsableSpace());
  }

  Preflight(Layout layout, PortPlan ports, FreeSpace space) {
    this.layout = layout;
    this.ports = ports;
    this.space = space;
  }

  void check(List<Part> toStart) {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      throw new PlatformException("the local edition runs on Linux (or WSL 2) only");
    }
    checkSpace();
    toStart.forEach(this::checkBuilt);
    toStart.forEach(part -> part.ports().forEach(port -> checkFree(part, port)));
  }

  private void checkSpace() {
    try {
      long free = space.bytes(layout.data());
      if (free < FREE_BYTES_MIN) {
        throw new PlatformException(
            "only %d MiB are free on the disk of %s; the platform wants at least %d MiB"
                .formatted(free >> 20, layout.data(), FREE_BYTES_MIN >> 20));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void checkBuilt(Part part) {
    if (!Files.exists(part.file())) {
      throw new PlatformException(
          "%s is not built: %s is missing; ./kiroku builds it, or run ./mvnw package"
              .formatted(part.name(), layout.root().relativize(part.file())));
    }
  }

  private void checkFree(Part part, Port port) {
    int number = ports.of(port);
    if (!isFreeSoon(number)) {
      throw new PlatformException(
          "port %d, wanted by %s (%s), is taken%s; free it, or move all ports: ./kiroku up"
                  .formatted(number, part.name(), port, PortHolder.describe(number))
              + " --port-offset 1000");
    }
  }

  /// The kernel takes a moment to close what a killed process had open.
  private static boolean isFreeSoon(int number) {
    long deadline = System.nanoTime() + PORT_PATIENCE.toNanos();
    while (!PortPlan.isFree(number)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(PORT_PAUSE.toNanos());
    }
    return true;
  }
}
