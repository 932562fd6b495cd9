package io.kiroku.eventstore.node.grpc;

import java.util.UUID;

/// How big appends may be, in bytes of data, metadata and type.
///
/// @param appendBytesMax all events of one append together
/// @param eventBytesMax each of them
public record AppendLimits(int appendBytesMax, int eventBytesMax) {
  /// Why an append is refused.
  sealed interface Exceeded {
    record ByAppend(int bytesMax) implements Exceeded {}

    record ByEvent(UUID id, long bytes, int bytesMax) implements Exceeded {}
  }
}
