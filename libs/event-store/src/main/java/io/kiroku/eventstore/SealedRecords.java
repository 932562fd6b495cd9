package io.kiroku.eventstore;

import io.kiroku.decider.EventType;
import java.util.ArrayList;
import java.util.List;

/// The records at the leaves of a sealed hierarchy.
final class SealedRecords {
  private SealedRecords() {}

  static List<Class<?>> of(Class<?> sealed) {
    List<Class<?>> records = new ArrayList<>();
    collect(sealed, records);
    return records;
  }

  private static void collect(Class<?> type, List<Class<?>> records) {
    if (type.isRecord()) {
      // A record may implement two of the sealed types.
      if (!records.contains(type)) {
        records.add(type);
      }
      return;
    }
    Class<?>[] permitted = type.getPermittedSubclasses();
    if (permitted == null || permitted.length == 0) {
      throw new IllegalArgumentException(
          type
              + " is neither a record nor sealed (or asked for at a native executable's run time)");
    }
    for (Class<?> subclass : permitted) {
      collect(subclass, records);
    }
  }

  static String nameOf(Class<?> type) {
    EventType name = type.getAnnotation(EventType.class);
    if (name == null) {
      throw new IllegalArgumentException(type + " has no @EventType");
    }
    return name.value();
  }
}
