package io.kiroku.eventstore;

import io.kiroku.eventstore.PersonalScope.Person;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// JSON with personal values is made once without keys; only if it met persons it is made again
/// with theirs. So what has no personal values costs no look-up, and nobody lists which have any.
final class PersonalPasses {
  private PersonalPasses() {}

  /// Persons without a key get one.
  static <T> Uni<T> writing(PersonKeys keys, Function<PersonalScope, T> pass) {
    return twice(pass, person -> keys.obtain(person.tenant(), person.id()));
  }

  static <T> Uni<T> reading(PersonKeys keys, Function<PersonalScope, T> pass) {
    return twice(
        pass,
        person ->
            keys.find(person.tenant(), person.id()).map(key -> key.orElse(PersonalScope.NONE)));
  }

  private static <T> Uni<T> twice(
      Function<PersonalScope, T> pass, Function<Person, Uni<byte[]>> key) {
    return Uni.createFrom()
        .deferred(() -> {
          Set<Person> missing = new HashSet<>();
          T done = pass.apply(new PersonalScope(new HashMap<>(), missing));
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
}
