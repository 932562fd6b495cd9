package io.kiroku.eventstore;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bounded memory: forgets what was not used for the longest time. Safe for many threads; what it
/// holds may be mutable and is then guarded by its user.
public final class StateCache<K, V> {
  private record Weighed<V>(V value, long weight) {}

  private final long weightMax;
  private final LinkedHashMap<K, Weighed<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  public StateCache(long weightMax) {
    this.weightMax = weightMax;
  }

  public synchronized @Nullable V get(K key) {
    Weighed<V> found = entries.get(key);
    return found == null ? null : found.value();
  }

  /// Puts a value, or says that the weight of one that is there has changed.
  public synchronized void put(K key, V value, long newWeight) {
    Weighed<V> old = entries.put(key, new Weighed<>(value, newWeight));
    weight += newWeight - (old == null ? 0 : old.weight());
    Iterator<Map.Entry<K, Weighed<V>>> eldest = entries.entrySet().iterator();
    while (weight > weightMax && eldest.hasNext()) {
      weight -= eldest.next().getValue().weight();
      eldest.remove();
    }
  }

  public synchronized void remove(K key) {
    Weighed<V> old = entries.remove(key);
    if (old != null) {
      weight -= old.weight();
    }
  }

  public synchronized int size() {
    return entries.size();
  }
}
