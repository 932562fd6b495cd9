package io.kiroku.eventstore.node.groups;

/// Names a persistent subscription.
///
/// @param source a stream, or `$all`
public record GroupId(String source, String group) {
  public static final String ALL = "$all";

  boolean ofAll() {
    return source.equals(ALL);
  }

  @Override
  public String toString() {
    return source + "::" + group;
  }

  /// The longest name that the group writes to.
  public String checkpointStream() {
    return "$persistentsubscription-" + this + "-checkpoint";
  }

  String parkedStream() {
    return "$persistentsubscription-" + this + "-parked";
  }
}
