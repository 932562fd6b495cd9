package io.kiroku.launcher.platform;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Looks at one part: process, health, memory.
record StatusProbe(PortPlan ports) {

  PartStatus of(Part part, Optional<ProcessIdentity> process) {
    List<Integer> numbers = part.ports().stream().map(ports::of).toList();
    return process
        .map(alive ->
            new PartStatus(
                part.name(),
                isUp(part) ? PartStatus.State.RUNNING : PartStatus.State.UNHEALTHY,
                alive.pid(),
                numbers,
                ProcessFigures.memoryBytes(alive.pid()),
                ProcessFigures.uptime(alive)))
        .orElseGet(() ->
            new PartStatus(part.name(), PartStatus.State.STOPPED, 0, numbers, 0, Duration.ZERO));
  }

  private static boolean isUp(Part part) {
    try {
      return part.ready().isUp();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
