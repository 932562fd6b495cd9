package io.kiroku.eventstore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which record is stored under which name. To be held in a static final: in a native executable
/// `getPermittedSubclasses` only answers while the image is built.
public final class EventTypes {
  private final Map<String, Entry> byName = new LinkedHashMap<>();
  private final Map<Class<?>, String> byClass = new HashMap<>();
  private final List<FormerVersion> former = new ArrayList<>();

  /// Sealed types of values inside events, told apart by a property `type`.
  private final Map<Class<?>, Map<Class<?>, String>> values = new LinkedHashMap<>();

  /// @param arguments what the record's type parameters stand for
  record Entry(Class<?> raw, List<Class<?>> arguments) {}

  private EventTypes() {}

  /// All records of a sealed type of events.
  ///
  /// @param arguments of a generic type, `of(SagaEvent.class, FulfillmentCommand.class)`; a sealed
  ///   one whose records have names is a type of values too, see [#withValues]
  public static EventTypes of(Class<?> events, Class<?>... arguments) {
    return new EventTypes().with(events, arguments);
  }

  /// Adds the records of a further sealed type.
  public EventTypes with(Class<?> events, Class<?>... arguments) {
    EventTypes all = copy();
    List<Class<?>> given = List.of(arguments);
    for (Class<?> event : SealedRecords.of(events)) {
      String name = SealedRecords.nameOf(event);
      if (all.byName.put(name, new Entry(event, given)) != null) {
        throw new IllegalArgumentException("Two events are stored as " + name);
      }
      all.byClass.put(event, name);
      all.former.addAll(FormerVersion.of(event));
    }
    for (Class<?> argument : given) {
      if (argument.isSealed()) {
        all.addValues(argument);
      }
    }
    return all;
  }

  /// Adds a sealed type of values inside events; its records carry [EventType] too.
  public EventTypes withValues(Class<?> sealed) {
    EventTypes all = copy();
    all.addValues(sealed);
    return all;
  }

  private void addValues(Class<?> sealed) {
    Map<Class<?>, String> names = new LinkedHashMap<>();
    for (Class<?> value : SealedRecords.of(sealed)) {
      names.put(value, SealedRecords.nameOf(value));
    }
    values.put(sealed, names);
  }

  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }

  /// Names of older versions, which are only read.
  public Set<String> formerNames() {
    return former.stream().map(FormerVersion::from).collect(Collectors.toUnmodifiableSet());
  }

  /// Fails with [IllegalArgumentException] for a class that is in no sealed type given.
  public String nameOf(Class<?> event) {
    String name = byClass.get(event);
    if (name == null) {
      throw new IllegalArgumentException(event + " is no event of these types");
    }
    return name;
  }

  /// The record that is stored under a name; null if there is none.
  public @Nullable Class<?> classOf(String name) {
    Entry entry = byName.get(name);
    return entry == null ? null : entry.raw();
  }

  Map<String, Entry> entries() {
    return byName;
  }

  Map<Class<?>, Map<Class<?>, String>> values() {
    return values;
  }

  List<FormerVersion> former() {
    return former;
  }

  private EventTypes copy() {
    EventTypes copy = new EventTypes();
    copy.former.addAll(former);
    copy.byName.putAll(byName);
    copy.byClass.putAll(byClass);
    copy.values.putAll(values);
    return copy;
  }
}
