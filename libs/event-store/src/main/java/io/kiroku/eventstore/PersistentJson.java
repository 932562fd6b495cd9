package io.kiroku.eventstore;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.std.StdDelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdKeyDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleKeyDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.fasterxml.jackson.databind.util.Converter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/// Persistent collections and ids as keys of maps: what states are made of and events are not.
/// Writing them needs nothing: they are collections, and a key is written as the value it is.
final class PersistentJson {
  private PersistentJson() {}

  static Module module() {
    SimpleModule module = new SimpleModule("persistent");
    module.setDeserializers(new PersistentCollections());
    module.setKeyDeserializers(new KeysOfOneValue());
    return module;
  }

  private static final class PersistentCollections extends SimpleDeserializers {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable JsonDeserializer<?> findMapDeserializer(
        MapType type,
        DeserializationConfig config,
        BeanDescription description,
        @Nullable KeyDeserializer keys,
        @Nullable TypeDeserializer elementTypes,
        @Nullable JsonDeserializer<?> elements) {
      return type.hasRawClass(PMap.class) ? converted(type, PersistentJson::map) : null;
    }

    @Override
    public @Nullable JsonDeserializer<?> findCollectionDeserializer(
        CollectionType type,
        DeserializationConfig config,
        BeanDescription description,
        @Nullable TypeDeserializer elementTypes,
        @Nullable JsonDeserializer<?> elements) {
      if (type.hasRawClass(PSet.class)) {
        return converted(type, PersistentJson::set);
      }
      return type.hasRawClass(PVector.class) ? converted(type, PersistentJson::vector) : null;
    }
  }

  private static Object map(Object read) {
    return HashTreePMap.from((Map<?, ?>) read);
  }

  private static Object set(Object read) {
    return HashTreePSet.from((Collection<?>) read);
  }

  private static Object vector(Object read) {
    return TreePVector.from((Collection<?>) read);
  }

  private static JsonDeserializer<?> converted(JavaType type, Function<Object, Object> change) {
    return new StdDelegatingDeserializer<>(new OfMutable(type, change));
  }

  private record OfMutable(JavaType type, Function<Object, Object> change)
      implements Converter<Object, Object> {
    @Override
    public Object convert(Object read) {
      return change.apply(read);
    }

    @Override
    public JavaType getInputType(TypeFactory types) {
      return type instanceof MapType map
          ? types.constructMapType(LinkedHashMap.class, map.getKeyType(), map.getContentType())
          : types.constructCollectionType(ArrayList.class, type.getContentType());
    }

    @Override
    public JavaType getOutputType(TypeFactory types) {
      return type;
    }
  }

  private static final class KeysOfOneValue extends SimpleKeyDeserializers {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable KeyDeserializer findKeyDeserializer(
        JavaType type, DeserializationConfig config, BeanDescription description) {
      Class<?> raw = type.getRawClass();
      return RecordIntrospector.isOneValue(raw) ? new KeyOfOneValue(raw) : null;
    }
  }

  private static final class KeyOfOneValue extends KeyDeserializer {
    private final Class<?> key;
    private final Class<?> value;

    KeyOfOneValue(Class<?> key) {
      this.key = key;
      this.value = key.getRecordComponents()[0].getType();
    }

    @Override
    public Object deserializeKey(String text, DeserializationContext context) throws IOException {
      Object read =
          value == String.class
              ? text
              : StdKeyDeserializer.forType(value).deserializeKey(text, context);
      try {
        var constructor = key.getDeclaredConstructor(value);
        constructor.trySetAccessible();
        return constructor.newInstance(read);
      } catch (ReflectiveOperationException e) {
        throw new IllegalArgumentException(key + " cannot be made of a key", e);
      }
    }
  }
}
