package io.kiroku.eventstore;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/// Stateless, see [PersonKeys#NONE].
final class NoPersonKeys implements PersonKeys {
  @Override
  public Uni<Optional<byte[]>> find(String tenant, String person) {
    return Uni.createFrom().item(Optional.empty());
  }

  @Override
  public Uni<byte[]> obtain(String tenant, String person) {
    return Uni.createFrom()
        .failure(new IllegalStateException("A reader without keys cannot write personal values"));
  }
}
