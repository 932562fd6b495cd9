package io.kiroku.eventstore;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Map;

/// The JSON that events are stored in. What is stored once must be readable for ever: a change here
/// needs the golden files of every event to stay as they are.
final class EventJson {
  private EventJson() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  private interface ToldApartByType {}

  /// @param sealed types of values that are told apart by a property, with each record's name
  static JsonMapper mapper(Map<Class<?>, Map<Class<?>, String>> sealed) {
    JsonMapper.Builder builder =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(PersonalJson.module())
            .addModule(PersistentJson.module())
            .annotationIntrospector(new RecordIntrospector())
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    sealed.forEach((type, names) -> {
      builder.addMixIn(type, ToldApartByType.class);
      names.forEach((leaf, name) -> builder.registerSubtypes(new NamedType(leaf, name)));
    });
    return builder.build();
  }

  static JavaType type(JsonMapper mapper, EventTypes.Entry entry) {
    int parameters = entry.raw().getTypeParameters().length;
    Class<?>[] arguments = entry.arguments().toArray(Class<?>[]::new);
    return parameters == 0
        ? mapper.constructType(entry.raw())
        : mapper.getTypeFactory().constructParametricType(entry.raw(), arguments);
  }
}
