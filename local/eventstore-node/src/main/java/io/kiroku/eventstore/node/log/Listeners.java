package io.kiroku.eventstore.node.log;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Who wants to know that there are new records: of the whole log, or of one stream. Listeners are
/// called by the writer and must only wake somebody.
final class Listeners {
  private final List<Runnable> ofAll = new CopyOnWriteArrayList<>();
  private final Map<String, List<Runnable>> ofStreams = new ConcurrentHashMap<>();

  Subscription toAll(Runnable listener) {
    ofAll.add(listener);
    return () -> ofAll.remove(listener);
  }

  Subscription toStream(String stream, Runnable listener) {
    ofStreams.compute(
        stream,
        (_, listeners) -> {
          List<Runnable> grown = listeners == null ? new CopyOnWriteArrayList<>() : listeners;
          grown.add(listener);
          return grown;
        });
    return () ->
        ofStreams.computeIfPresent(
            stream,
            (_, listeners) -> {
              listeners.remove(listener);
              return listeners.isEmpty() ? null : listeners;
            });
  }

  void published(List<LogRecord> records) {
    ofAll.forEach(Runnable::run);
    if (ofStreams.isEmpty()) {
      return;
    }
    for (LogRecord record : records) {
      List<Runnable> listeners = ofStreams.get(record.stream());
      if (listeners != null) {
        listeners.forEach(Runnable::run);
      }
    }
  }

  /// The same for streams that do not come from the writer.
  void appeared(Collection<String> streams) {
    for (String stream : streams) {
      ofStreams.getOrDefault(stream, List.of()).forEach(Runnable::run);
    }
  }

  /// Ends a listener's being called.
  @FunctionalInterface
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
