package io.kiroku.eventstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kiroku.eventstore.PersonalScope.Person;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Events as JSON: instants as ISO-8601 text, one-field records named `value` as their value,
/// personal values encrypted. Unknown fields are tolerated, missing ones are not unless they are
/// `@Nullable`. Safe for many threads.
///
/// Both ways the JSON is made once without keys; only if it met persons it is made again with
/// theirs. So an event without personal values costs no look-up, and nobody lists which have any.
public final class JsonEventCodec<E> implements EventCodec<E> {
  private final EventTypes types;
  private final PersonKeys keys;
  private final Upcasters upcasters;
  private final JsonMapper mapper;
  private final Map<String, JavaType> readAs = new HashMap<>();

  private JsonEventCodec(EventTypes types, PersonKeys keys, Upcasters upcasters) {
    this.types = types;
    this.keys = keys;
    this.upcasters = upcasters;
    this.mapper = EventJson.mapper(types);
    types.entries().forEach((name, entry) -> readAs.put(name, EventJson.type(mapper, entry)));
  }

  /// @param keys [PersonKeys#NONE] for readers that see every personal value as erased
  public static <E> JsonEventCodec<E> of(EventTypes types, PersonKeys keys, Upcasters upcasters) {
    return new JsonEventCodec<>(types, keys, upcasters);
  }

  @Override
  public String typeOf(E event) {
    return types.nameOf(event.getClass());
  }

  @Override
  public Uni<List<byte[]>> encodeAll(String tenant, List<? extends E> events) {
    return twice(
        new HashMap<>(),
        scopes -> events.stream().map(event -> write(tenant, event, scopes)).toList(),
        person -> keys.obtain(person.tenant(), person.id()));
  }

  @Override
  public Uni<List<Recorded<E>>> decodeAll(List<RecordedEvent> events) {
    return twice(
        new HashMap<>(),
        scopes -> events.stream().map(event -> new Recorded<>(event, read(event, scopes))).toList(),
        person ->
            keys.find(person.tenant(), person.id()).map(key -> key.orElse(PersonalScope.NONE)));
  }

  private <T> Uni<List<T>> twice(
      Map<Person, byte[]> known,
      Function<PersonalScope, List<T>> pass,
      Function<Person, Uni<byte[]>> key) {
    return Uni.createFrom()
        .deferred(() -> {
          Set<Person> missing = new HashSet<>();
          List<T> done = pass.apply(new PersonalScope(known, missing));
          if (missing.isEmpty()) {
            return Uni.createFrom().item(done);
          }
          return found(List.copyOf(missing), key)
              .map(keysByPerson -> pass.apply(new PersonalScope(keysByPerson, new HashSet<>())));
        });
  }

  private static Uni<Map<Person, byte[]>> found(
      List<Person> persons, Function<Person, Uni<byte[]>> key) {
    return Uni.join()
        .all(persons.stream().map(key).toList())
        .andFailFast()
        .map(found -> {
          Map<Person, byte[]> byPerson = new HashMap<>();
          for (int i = 0; i < persons.size(); i++) {
            byPerson.put(persons.get(i), found.get(i));
          }
          return byPerson;
        });
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
      byte[] data = event.data();
      if (upcasters.concerns(event.type())) {
        ObjectNode old = mapper.readValue(data, ObjectNode.class);
        data = mapper.writeValueAsBytes(upcasters.upcast(event.type(), old));
      }
      return mapper.readerFor(type).withAttribute(PersonalScope.class, scope).readValue(data);
    } catch (IOException e) {
      throw new UndecodableEvent(event.toString(), e);
    }
  }
}
