package io.kiroku.launcher.platform;

/// Through which port each part reaches what it needs: its own, or that of a proxy in between.
@FunctionalInterface
public interface Routes {
  /// The number, always of the loopback interface, under which `part` finds `dependency`.
  ///
  /// Kafka's clients go where the broker sends them: [Port#KAFKA] has one number for all parts.
  int port(String part, Port dependency);

  /// Nobody in between.
  static Routes direct(PortPlan ports) {
    return (_, dependency) -> ports.of(dependency);
  }
}
