package io.kiroku.command.saga;

import io.kiroku.eventstore.EventStore;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// All kinds of sagas that this service runs.
public final class SagaRegistry {
  private final List<SagaDecisions<?>> kinds;

  public SagaRegistry(List<? extends SagaDefinition<?>> definitions, EventStore store) {
    Set<String> taken = new HashSet<>();
    for (SagaDefinition<?> definition : definitions) {
      if (!taken.add(definition.category()) || !taken.add("name " + definition.name())) {
        throw new IllegalArgumentException("Two kinds of sagas are called " + definition.name());
      }
    }
    this.kinds =
        definitions.stream()
            .<SagaDecisions<?>>map(definition -> new SagaDecisions<>(definition, store))
            .toList();
  }

  List<SagaDecisions<?>> all() {
    return kinds;
  }

  /// By the stored name of the process.
  public Optional<SagaDecisions<?>> named(String name) {
    return kinds.stream().filter(kind -> kind.definition().name().equals(name)).findFirst();
  }

  /// By the category of its sagas' streams.
  public Optional<SagaDecisions<?>> ofCategory(String category) {
    return kinds.stream().filter(kind -> kind.definition().category().equals(category)).findFirst();
  }

  Set<String> heardCategories() {
    return kinds.stream()
        .flatMap(kind -> kind.definition().heardCategories().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Another instance may have led in the meantime.
  void forgetAll() {
    kinds.forEach(SagaDecisions::forgetAll);
  }
}
