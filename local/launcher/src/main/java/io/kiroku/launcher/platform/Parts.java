package io.kiroku.launcher.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// All parts of a platform by name, in an order in which each comes after what it needs.
final class Parts {
  private final Map<String, Part> byName = new LinkedHashMap<>();
  private final List<String> infrastructure = new ArrayList<>();
  private final List<String> services = new ArrayList<>();

  Parts(Layout layout, PortPlan ports, Routes routes, Keys keys) {
    var infrastructureParts = new InfrastructureParts(layout, ports, routes, keys);
    List.of(
            PostgresPart.of(layout, ports, keys),
            infrastructureParts.redis(),
            infrastructureParts.stack(),
            infrastructureParts.registry(),
            infrastructureParts.eventStore())
        .forEach(part -> add(part, infrastructure));
    var serviceParts = new ServiceParts(layout, ports, routes, keys);
    serviceParts.all().forEach(part -> add(part, services));
    serviceParts.standbys().forEach(part -> byName.put(part.name(), part));
  }

  Part named(String name) {
    Part part = byName.get(name);
    if (part == null) {
      throw new PlatformException(
          "there is no part '%s'; there are: %s"
              .formatted(name, String.join(", ", new TreeSet<>(byName.keySet()))));
    }
    return part;
  }

  /// Every part, the second instances included.
  List<Part> all() {
    return List.copyOf(byName.values());
  }

  /// Names of the parts that are no service of ours.
  List<String> infrastructure() {
    return List.copyOf(infrastructure);
  }

  /// Names of what a whole platform runs.
  List<String> platform() {
    List<String> names = new ArrayList<>(infrastructure);
    names.addAll(services);
    return names;
  }

  List<Part> named(Set<String> names) {
    names.forEach(this::named);
    return all().stream().filter(part -> names.contains(part.name())).toList();
  }

  private void add(Part part, List<String> group) {
    byName.put(part.name(), part);
    group.add(part.name());
  }
}
