package io.kiroku.projection.engine;

import org.jspecify.annotations.Nullable;

/// What a slot holds.
///
/// @param revision of the stream, applied; -1 if nothing is
/// @param document null before the first upsert and after a tombstone
/// @param mends how often the document was replaced at its revision, because it was wrong; who
///   remembers it from before must not write it again
public record Held(long revision, @Nullable Object document, int mends) {
  public static final Held NOTHING = new Held(-1, null, 0);

  /// The same document at a later revision.
  Held at(long later) {
    return then(later, document);
  }

  /// What comes after it.
  Held then(long later, @Nullable Object after) {
    return new Held(later, after, mends);
  }

  /// What takes its place: at the same revision, or, if there is no such event, at an earlier one.
  Held mended(Held right) {
    return new Held(right.revision, right.document, mends + 1);
  }

  /// Whether anything, a tombstone included, was ever written.
  public boolean isWritten() {
    return revision >= 0 || mends > 0;
  }
}
