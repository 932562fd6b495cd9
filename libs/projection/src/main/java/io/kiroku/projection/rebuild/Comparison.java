package io.kiroku.projection.rebuild;

import java.util.List;

/// What a new build has in common with the live one.
///
/// @param liveDocuments counted before `nextDocuments`, tombstones included
/// @param nextDocuments counted when the new build had applied all that the live one had been
///   counted with
/// @param liveParked streams that wait behind a failing event
/// @param nextParked the same in the new build
/// @param compared sub-documents of the sample that are at the same revision in both
/// @param differing how many of them differ
/// @param examples some that differ: `<key> <field>@<revision>`
public record Comparison(
    long liveDocuments,
    long nextDocuments,
    int liveParked,
    int nextParked,
    int compared,
    int differing,
    List<String> examples) {
  public Comparison {
    examples = List.copyOf(examples);
  }

  /// Whether nothing is missing that the live build shows. Documents may well differ: that is often
  /// why one builds anew.
  boolean isComplete() {
    return nextDocuments >= liveDocuments && nextParked <= liveParked;
  }
}
