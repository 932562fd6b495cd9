package io.kiroku.projection.engine;

import org.jspecify.annotations.Nullable;

/// What a slot holds.
///
/// @param revision of the stream, applied; -1 if nothing is
/// @param document null before the first upsert and after a tombstone
public record Held(long revision, @Nullable Object document) {
  public static final Held NOTHING = new Held(-1, null);

  /// The same document at a later revision.
  Held at(long later) {
    return new Held(later, document);
  }
}
