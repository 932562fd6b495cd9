package io.kiroku.eventstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Events as JSON: instants as ISO-8601 text, one-field records named `value` as their value,
/// personal values encrypted. Unknown fields are tolerated, missing ones are not unless they are
/// `@Nullable`. Safe for many threads.
public final class JsonEventCodec<E> implements EventCodec<E> {
  private final EventTypes types;
  private final PersonKeys keys;
  private final Upcasters upcasters;
  private final JsonMapper mapper;
  private final Map<String, JavaType> readAs = new HashMap<>();

  private JsonEventCodec(EventTypes types, PersonKeys keys, Upcasters upcasters) {
    this.types = types;
    this.keys = keys;
    JsonMapper mapper = EventJson.mapper(types.values());
    this.mapper = mapper;
    this.upcasters =
        upcasters.and(types.former().stream().map(version -> version.upcaster(mapper)).toList());
    types.entries().forEach((name, entry) -> readAs.put(name, EventJson.type(mapper, entry)));
  }

  /// @param keys [PersonKeys#NONE] for readers that see every personal value as erased
  /// @param upcasters besides those that the records bring along
  public static <E> JsonEventCodec<E> of(EventTypes types, PersonKeys keys, Upcasters upcasters) {
    return new JsonEventCodec<>(types, keys, upcasters);
  }

  @Override
  public String typeOf(E event) {
    return types.nameOf(event.getClass());
  }

  @Override
  public Uni<List<byte[]>> encodeAll(String tenant, List<? extends E> events) {
    return PersonalPasses.writing(
        keys, scopes -> events.stream().map(event -> write(tenant, event, scopes)).toList());
  }

  @Override
  public Uni<List<Recorded<E>>> decodeAll(List<RecordedEvent> events) {
    return PersonalPasses.reading(
        keys,
        scopes ->
            events.stream().map(event -> new Recorded<>(event, read(event, scopes))).toList());
  }

  private byte[] write(String tenant, E event, PersonalScope scope) {
    String type = typeOf(event);
    try {
      return mapper
          .writerFor(readAs.get(type))
          .withAttribute(PersonalScope.class, scope.of(tenant, type))
          .writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(type + " cannot be written", e);
    }
  }

  private E read(RecordedEvent event, PersonalScope scopes) {
    JavaType type = readAs.get(upcasters.latest(event.type()));
    if (type == null) {
      throw new UnknownEventType(event.type());
    }
    PersonalScope scope = scopes.of(event.metadata().tenant(), event.type());
    try {
      byte[] data = upcasters.concerns(event.type()) ? upcast(event) : event.data();
      return mapper.readerFor(type).withAttribute(PersonalScope.class, scope).readValue(data);
    } catch (IOException e) {
      throw new UndecodableEvent(event.toString(), e);
    }
  }

  private byte[] upcast(RecordedEvent event) throws IOException {
    ObjectNode old = mapper.readValue(event.data(), ObjectNode.class);
    try {
      return mapper.writeValueAsBytes(upcasters.upcast(event.type(), old));
    } catch (RuntimeException e) {
      throw new UndecodableEvent(event.toString(), e);
    }
  }
}
