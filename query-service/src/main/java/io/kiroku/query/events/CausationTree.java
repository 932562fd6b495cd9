package io.kiroku.query.events;

import io.kiroku.eventstore.RecordedEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Which event followed from which. An event names as its cause another event, or a command; what a
/// command caused comes under the first event that this command recorded itself. What is caused by
/// something else is a root.
final class CausationTree {
  /// @param depth how many events led to it
  record Node(RecordedEvent event, int depth) {}

  private final Map<UUID, RecordedEvent> byId = new HashMap<>();
  private final Map<UUID, RecordedEvent> firstOfCommand = new HashMap<>();
  private final Map<UUID, List<RecordedEvent>> caused = new LinkedHashMap<>();
  private final List<RecordedEvent> roots = new ArrayList<>();

  /// @param events in the order of the log
  private CausationTree(List<RecordedEvent> events) {
    for (RecordedEvent event : events) {
      byId.put(event.id(), event);
      firstOfCommand.putIfAbsent(event.metadata().commandId(), event);
    }
    for (RecordedEvent event : events) {
      cause(event)
          .ifPresentOrElse(
              cause -> caused.computeIfAbsent(cause.id(), _ -> new ArrayList<>()).add(event),
              () -> roots.add(event));
    }
  }

  /// Each event followed by what it caused, otherwise in the order of the log.
  static List<Node> of(List<RecordedEvent> events) {
    return new CausationTree(events).nodes();
  }

  /// Only what is earlier in the log can be a cause, so there are no circles.
  private Optional<RecordedEvent> cause(RecordedEvent event) {
    UUID cause = event.metadata().causationId();
    return Optional.ofNullable(byId.get(cause))
        .or(() ->
            Optional.ofNullable(firstOfCommand.get(cause))
                .filter(
                    first -> !first.metadata().commandId().equals(event.metadata().commandId())))
        .filter(found -> found.position() < event.position());
  }

  private List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    Deque<Node> left = new ArrayDeque<>();
    push(roots, 0, left);
    while (!left.isEmpty()) {
      Node next = left.pop();
      nodes.add(next);
      push(caused.getOrDefault(next.event().id(), List.of()), next.depth() + 1, left);
    }
    return nodes;
  }

  private static void push(List<RecordedEvent> events, int depth, Deque<Node> left) {
    events.reversed().forEach(event -> left.push(new Node(event, depth)));
  }
}
