package io.kiroku.eventstore;

import java.util.Map;

/// Names the revisions that a reader wants to see; opaque to clients.
public record ConsistencyToken(String tenant, Map<StreamId, Long> revisions) {
  public ConsistencyToken {
    revisions = Map.copyOf(revisions);
  }

  public static ConsistencyToken of(String tenant, StreamId stream, long revision) {
    return new ConsistencyToken(tenant, Map.of(stream, revision));
  }

  public String encode() {
    return ConsistencyTokenFormat.encode(this);
  }

  /// Fails with [IllegalArgumentException] for anything that [#encode] did not make.
  public static ConsistencyToken decode(String token) {
    return ConsistencyTokenFormat.decode(token);
  }
}
