package io.kiroku.query.running;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.projection.Contribution;

/// What streams of one category put into a document, decoded without anybody's personal data.
public abstract class Part<D, E> implements Contribution<D, E> {
  private final String field;
  private final String category;
  private final Class<D> documentType;
  private final EventCodec<E> codec;

  /// Of a sub-document that has the name of the category.
  protected Part(String category, Class<D> documentType, EventTypes types) {
    this(category, category, documentType, types);
  }

  protected Part(String field, String category, Class<D> documentType, EventTypes types) {
    this.field = field;
    this.category = category;
    this.documentType = documentType;
    this.codec = JsonEventCodec.of(types, PersonKeys.NONE, Upcasters.NONE);
  }

  @Override
  public String field() {
    return field;
  }

  @Override
  public String category() {
    return category;
  }

  @Override
  public Class<D> documentType() {
    return documentType;
  }

  @Override
  public EventCodec<E> codec() {
    return codec;
  }
}
