package io.kiroku.eventstore;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the reading or writing of one event knows about the persons in it.
///
/// @param keys [#NONE] for a person who has no key (any more)
/// @param missing collects those who were met and are not among the keys
record PersonalScope(
    String tenant, String eventType, Map<Person, byte[]> keys, Set<Person> missing) {
  static final byte[] NONE = {};

  record Person(String tenant, String id) {}

  PersonalScope(Map<Person, byte[]> keys, Set<Person> missing) {
    this("", "", keys, missing);
  }

  PersonalScope of(String tenantOfEvent, String type) {
    return new PersonalScope(tenantOfEvent, type, keys, missing);
  }

  /// Null if nobody looked for it yet.
  byte @Nullable [] key(String person) {
    Person wanted = new Person(tenant, person);
    byte[] key = keys.get(wanted);
    if (key == null) {
      missing.add(wanted);
    }
    return key;
  }

  /// What the cipher is bound to: copied into another event or person, it cannot be opened.
  String boundTo(String person) {
    return tenant + "|" + person + "|" + eventType;
  }
}
