package io.kiroku.launcher.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One process of the platform, as data.
///
/// @param name also the name of its record and its log
/// @param file what must have been built before it can start
/// @param ports what it listens on; checked before the start
/// @param needs names of the parts that must be ready first
/// @param before runs before the process (unpack, initialise)
/// @param command its command line
/// @param environment added to the launcher's own
/// @param ready how one knows that it serves
/// @param after runs once it is ready (databases, schemas); both steps must be repeatable
/// @param stopSignal asks it to stop in order
/// @param startBound how long it may take to become ready
record Part(
    String name,
    Path file,
    List<Port> ports,
    Set<String> needs,
    Step before,
    List<String> command,
    Map<String, String> environment,
    Probe ready,
    Step after,
    String stopSignal,
    Duration startBound) {
  static final Duration STOP_BOUND = Duration.ofSeconds(15);

  /// Something done once around a start.
  @FunctionalInterface
  interface Step {
    Step NOTHING = () -> {};

    void run() throws Exception;
  }
}
