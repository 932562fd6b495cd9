package io.kiroku.projection;

/// What one event does to one document. The revision moves in every case.
///
/// @param <D> the document, an immutable record
public sealed interface Change<D> {
  record Upsert<D>(D document) implements Change<D> {}

  record Unchanged<D>() implements Change<D> {}

  /// The document is gone; its revision stays, so that no redelivery brings it back.
  record Tombstone<D>() implements Change<D> {}

  static <D> Change<D> upsert(D document) {
    return new Upsert<>(document);
  }

  static <D> Change<D> unchanged() {
    return new Unchanged<>();
  }

  static <D> Change<D> tombstone() {
    return new Tombstone<>();
  }
}
