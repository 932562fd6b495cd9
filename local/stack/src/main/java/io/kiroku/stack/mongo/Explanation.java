package io.kiroku.stack.mongo;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.NoSuchCommandException;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/// What a list costs, as MongoDB's `explain` tells it of a `find`, which it runs; of all that it
/// tells only the counts are answered.
/// https://www.mongodb.com/docs/manual/reference/command/explain/
final class Explanation {
  static final String COMMAND = "explain";
  private static final String FIND = "find";
  private static final ScopedValue<LongAdder> LOOKED = ScopedValue.newInstance();

  private Explanation() {}

  /// A document is compared with a query.
  static void look() {
    if (LOOKED.isBound()) {
      LOOKED.get().increment();
    }
  }

  /// Fails with [NoSuchCommandException] for anything but a `find`.
  static Document of(Document asked, Function<Document, Document> finding) {
    if (!(asked.get(COMMAND) instanceof Document find && find.containsKey(FIND))) {
      throw new NoSuchCommandException(COMMAND);
    }
    LongAdder looked = new LongAdder();
    Document answer = ScopedValue.where(LOOKED, looked).call(() -> finding.apply(find));
    Document counts =
        new Document("executionSuccess", true)
            .append("nReturned", returned(answer))
            .append("totalDocsExamined", looked.intValue());
    return new Document("executionStats", counts).append("ok", 1.0);
  }

  private static int returned(Document answer) {
    return answer.get("cursor") instanceof Document cursor
            && cursor.get("firstBatch") instanceof Collection<?> documents
        ? documents.size()
        : 0;
  }
}
