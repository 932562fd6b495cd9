package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.log.Streams;

/// Names a persistent subscription.
///
/// @param source a stream, or `$all`
public record GroupId(String source, String group) {
  boolean ofAll() {
    return source.equals(Streams.ALL);
  }

  /// Whether there can be streams for its checkpoints and parked messages.
  public boolean storable() {
    return Streams.isName(source) && Streams.isName(checkpointStream());
  }

  @Override
  public String toString() {
    return source + "::" + group;
  }

  /// The longest name that the group writes to.
  String checkpointStream() {
    return "$persistentsubscription-" + this + "-checkpoint";
  }

  String parkedStream() {
    return "$persistentsubscription-" + this + "-parked";
  }
}
