package io.kiroku.launcher.platform;

import java.time.Duration;
import java.util.List;

/// How a part stands now.
///
/// @param state `running`, `unhealthy` (its process lives but does not answer) or `stopped`
/// @param pid 0 if stopped
/// @param ports numbers it listens on, the main one first
/// @param memoryBytes proportional set size with all children, 0 if stopped
/// @param uptime since its process was started
public record PartStatus(
    String name, State state, long pid, List<Integer> ports, long memoryBytes, Duration uptime) {

  /// Process and health in one word.
  public enum State {
    /// It answers.
    RUNNING,
    /// Its process lives but does not answer.
    UNHEALTHY,
    /// No process.
    STOPPED
  }
}
