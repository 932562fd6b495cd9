package io.kiroku.query.running;

import io.kiroku.projection.mongo.Documents;
import java.util.Optional;
import org.bson.Document;

/// A document as MongoDB has it: one part per stream.
public record Stored(Document document) {
  /// Empty if nothing of that stream was applied yet, or if it was deleted.
  public <D> Optional<D> part(String field, Class<D> type) {
    return Optional.ofNullable(Documents.content(document.get(field, Document.class), type));
  }

  public long revision(String field) {
    return Documents.revision(document.get(field, Document.class));
  }
}
