package io.kiroku.eventstore;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kiroku.decider.Formerly;
import io.kiroku.decider.Upcast;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// A step from an old version of an event towards today's, as the record itself tells it.
record FormerVersion(String from, String to, Upcast upcast) {
  private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

  /// The oldest first.
  static List<FormerVersion> of(Class<?> event) {
    Formerly[] versions = event.getAnnotationsByType(Formerly.class);
    List<FormerVersion> steps = new ArrayList<>(versions.length);
    for (int i = 0; i < versions.length; i++) {
      boolean last = i == versions.length - 1;
      String to = last ? SealedRecords.nameOf(event) : versions[i + 1].value();
      steps.add(new FormerVersion(versions[i].value(), to, made(versions[i].upcast())));
    }
    return steps;
  }

  private static Upcast made(Class<? extends Upcast> upcast) {
    try {
      Constructor<? extends Upcast> constructor = upcast.getDeclaredConstructor();
      constructor.setAccessible(true);
      return constructor.newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalArgumentException(upcast + " cannot be made without arguments", impossible);
    }
  }

  Upcaster upcaster(JsonMapper mapper) {
    return new Upcaster(from, to, old -> next(mapper, old));
  }

  private ObjectNode next(JsonMapper mapper, ObjectNode old) {
    Map<String, Object> fields = mapper.convertValue(old, FIELDS);
    return mapper.valueToTree(upcast.next(Collections.unmodifiableMap(fields)));
  }
}
