package io.kiroku.eventstore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The chains from old versions of events to those that are read today.
public final class Upcasters {
  public static final Upcasters NONE = of();

  private final Map<String, Upcaster> byOldName;

  private Upcasters(Map<String, Upcaster> byOldName) {
    this.byOldName = byOldName;
  }

  /// Fails with [IllegalArgumentException] for two upcasters of one version, or a circle.
  public static Upcasters of(Upcaster... steps) {
    Map<String, Upcaster> byOldName = new HashMap<>();
    for (Upcaster step : steps) {
      if (byOldName.put(step.from(), step) != null) {
        throw new IllegalArgumentException("Two upcasters of " + step.from());
      }
    }
    Upcasters upcasters = new Upcasters(byOldName);
    byOldName.keySet().forEach(upcasters::latest);
    return upcasters;
  }

  /// These and further ones. Fails as [#of].
  Upcasters and(List<Upcaster> further) {
    return of(
        Stream.concat(byOldName.values().stream(), further.stream()).toArray(Upcaster[]::new));
  }

  /// The name at the end of a name's chain; the name itself if nothing leads on from it.
  String latest(String type) {
    Set<String> seen = new HashSet<>();
    String name = type;
    for (@Nullable Upcaster step = byOldName.get(name); step != null; step = byOldName.get(name)) {
      if (!seen.add(name)) {
        throw new IllegalArgumentException("Upcasters lead back to " + name);
      }
      name = step.to();
    }
    return name;
  }

  boolean concerns(String type) {
    return byOldName.containsKey(type);
  }

  ObjectNode upcast(String type, ObjectNode data) {
    ObjectNode upcast = data;
    for (@Nullable Upcaster step = byOldName.get(type);
        step != null;
        step = byOldName.get(step.to())) {
      upcast = step.change().apply(upcast);
    }
    return upcast;
  }
}
