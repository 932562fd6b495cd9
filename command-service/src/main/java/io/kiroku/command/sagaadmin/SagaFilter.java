package io.kiroku.command.sagaadmin;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which sagas are listed; an empty text lets all through.
///
/// @param startedBefore inclusive; empty for all
record SagaFilter(
    String tenant, String saga, String status, String step, Optional<Instant> startedBefore) {
  /// A condition of JPQL with named parameters, see [#values()].
  String condition() {
    String texts =
        texts().keySet().stream()
            .map(name -> name + " = :" + name)
            .collect(Collectors.joining(" and "));
    return texts + (startedBefore.isPresent() ? " and startedAt <= :startedBefore" : "");
  }

  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>(texts());
    startedBefore.ifPresent(time -> values.put("startedBefore", time));
    return values;
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("tenant", tenant);
    texts.put("saga", saga);
    texts.put("status", status);
    texts.put("step", step);
    texts.values().removeIf(String::isEmpty);
    return texts;
  }
}
