package io.kiroku.projection;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.StreamId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the streams of one category put into a document: one sub-document per stream, guarded by a
/// revision of its own, so that streams never have to wait for each other.
///
/// @param <D> the sub-document, an immutable record
/// @param <E> the streams' events, sealed
public interface Contribution<D, E> {
  /// Name of the sub-document in the stored document.
  String field();

  /// Streams named `<category>-<key>` are followed.
  String category();

  Class<D> documentType();

  EventCodec<E> codec();

  /// Pure, total and written as one sealed switch: ignoring an event is a decision, too. If it
  /// throws, the event's stream is parked.
  ///
  /// @param document null before the first upsert and after a tombstone
  Change<D> apply(@Nullable D document, Recorded<E> recorded);

  /// Key of the document that `stream` contributes to.
  default String key(StreamId stream) {
    return stream.id();
  }

  /// The inverse of [#key]: the stream of this category that contributes to the document of `key`;
  /// empty if there can be none.
  default Optional<StreamId> stream(String key) {
    return Optional.of(StreamId.of(category(), key));
  }
}
