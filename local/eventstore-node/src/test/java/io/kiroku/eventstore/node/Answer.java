package io.kiroku.eventstore.node;

import java.util.List;

/// What a node, or the model of one, says to a [Step].
sealed interface Answer {
  /// @param revision of the last event written; not told for deletions
  /// @param place index of the last event among those of `$all`
  record Written(long revision, int place) implements Answer {}

  record Wrong(long current) implements Answer {}

  record Deleted() implements Answer {}

  record NotFound() implements Answer {}

  /// @param last revision of the stream's last event, seen or not
  record Events(List<ReferenceModel.Seen> events, long last) implements Answer {}
}
