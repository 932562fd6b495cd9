package io.kiroku.eventstore.node.grpc;

import io.kiroku.eventstore.node.log.Filter;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.Streams;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which records a reader of `$all` gets to see.
///
/// @param everything whether nothing but the node's own bookkeeping is left out
record AllFilter(Predicate<LogRecord> wanted, boolean everything) {
  static AllFilter of(@Nullable Filter filter) {
    return filter == null
        ? new AllFilter(_ -> true, true)
        : new AllFilter(filter.compiled(), false);
  }

  boolean shows(LogRecord record) {
    return !Streams.hiddenInAll(record.stream()) && wanted.test(record);
  }
}
