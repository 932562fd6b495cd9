package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// The keys that protect personal values, kept outside the log: 32 bytes per person.
public interface PersonKeys {
  /// For readers without keys: every personal value is erased for them, and none can be written.
  PersonKeys NONE = new NoPersonKeys();

  /// The person's key; empty if there never was one, or if it was erased.
  Uni<Optional<byte[]>> find(String tenant, String person);

  /// The person's key, created if there is none. Two callers at once get the same key.
  Uni<byte[]> obtain(String tenant, String person);
}
