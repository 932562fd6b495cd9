package io.kiroku.projection;

import java.util.List;

/// The plain case: one stream, one document.
public interface SingleStreamProjection<D, E> extends Projection, Contribution<D, E> {
  @Override
  default List<Contribution<?, ?>> contributions() {
    return List.of(this);
  }
}
