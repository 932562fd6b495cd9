package io.kiroku.chaos.fault;

import java.time.Duration;

/// One blow, as data.
public sealed interface Fault {
  /// What it is done to.
  String target();

  Duration length();

  /// `kill -9`, and a new start after `length`.
  record Kill(String part, Duration length) implements Fault {
    @Override
    public String target() {
      return part;
    }
  }

  /// Frozen for `length`, then let go.
  record Pause(String part, Duration length) implements Fault {
    @Override
    public String target() {
      return part;
    }
  }

  /// Every connection of a link is reset and every new one refused.
  record Refusal(Link link, Duration length) implements Fault {
    @Override
    public String target() {
      return link.name();
    }
  }

  /// Nothing passes a link, and nobody is told.
  record Silence(Link link, Duration length) implements Fault {
    @Override
    public String target() {
      return link.name();
    }
  }

  /// In one or two words.
  default String kind() {
    return switch (this) {
      case Kill _ -> "kill -9";
      case Pause _ -> "pause";
      case Refusal _ -> "refuse";
      case Silence _ -> "silence";
    };
  }
}
