package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.List;

/// Turns events into stored data and back. I/O only for the keys of personal values.
///
/// @param <E> events, sealed
public interface EventCodec<E> {
  /// The name an event is stored under.
  String typeOf(E event);

  /// The data of each event, in order.
  ///
  /// @param tenant whose persons' keys protect personal values
  Uni<List<byte[]>> encodeAll(String tenant, List<? extends E> events);

  /// Fails with [UnknownEventType], or with [UndecodableEvent] if a field is missing or wrong.
  Uni<List<Recorded<E>>> decodeAll(List<RecordedEvent> events);

  default Uni<byte[]> encode(String tenant, E event) {
    return encodeAll(tenant, List.of(event)).map(List::getFirst);
  }

  default Uni<E> decode(RecordedEvent event) {
    return decodeAll(List.of(event)).map(decoded -> decoded.getFirst().event());
  }
}
