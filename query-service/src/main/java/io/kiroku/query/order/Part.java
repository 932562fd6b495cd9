package io.kiroku.query.order;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.projection.Contribution;

/// One of an order's streams; the sub-document has the name of the stream's category.
abstract class Part<D, E> implements Contribution<D, E> {
  private final String category;
  private final Class<D> documentType;
  private final EventCodec<E> codec;

  Part(String category, Class<D> documentType, EventTypes types) {
    this.category = category;
    this.documentType = documentType;
    this.codec = JsonEventCodec.of(types, PersonKeys.NONE, Upcasters.NONE);
  }

  @Override
  public final String field() {
    return category;
  }

  @Override
  public final String category() {
    return category;
  }

  @Override
  public final Class<D> documentType() {
    return documentType;
  }

  @Override
  public final EventCodec<E> codec() {
    return codec;
  }
}
