package io.kiroku.projection;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A read model: documents fed by one or more categories of streams.
public interface Projection {
  /// Lower-case words joined by hyphens, for example `order-view`.
  String name();

  /// Raised when documents have to be built anew; each version has documents, a subscription group
  /// and a watermark of its own, so two can stand side by side.
  int version();

  List<Contribution<?, ?>> contributions();

  List<Index> indexes();

  /// How long events may wait for others that are written with them. Those after a pause never
  /// wait, nor do any while a client of this replica waits for what he wrote; another replica's
  /// client may wait so much longer.
  default Duration linger() {
    return Duration.ofMillis(100);
  }

  /// Names this version wherever it keeps anything.
  default String id() {
    return name() + "-v" + version();
  }

  /// By stream, never by event type: every revision has to be seen.
  default Set<String> streamPrefixes() {
    return contributions().stream().map(c -> c.category() + "-").collect(Collectors.toSet());
  }
}
