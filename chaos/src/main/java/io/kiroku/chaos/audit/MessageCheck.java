package io.kiroku.chaos.audit;

import io.kiroku.chaos.audit.Messages.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Kafka's distinct messages are those that the log asks for, and each key has them in the log's
/// order. The same message twice is allowed: messages come at least once.
///
/// Which types of events are published is the command service's own; here it is read off the
/// topics: a type of which one event is told must have all of them told.
final class MessageCheck {
  private static final String EVENTS = ".events";
  private static final String COMMANDS = ".commands";

  private final LogFacts log;
  private final List<Message> messages;
  private final List<String> findings = new ArrayList<>();

  MessageCheck(LogFacts log, List<Message> messages) {
    this.log = log;
    this.messages = messages;
  }

  Verdict run() {
    Map<String, Message> distinct = new HashMap<>();
    Map<String, Set<String>> told = new HashMap<>();
    Map<String, Set<String>> commanded = new HashMap<>();
    Map<String, Long> lastOfKey = new HashMap<>();
    for (Message message : messages) {
      if (message.topic().endsWith(".dlt")) {
        findings.add("a dead letter in %s: key %s".formatted(message.topic(), message.key()));
        continue;
      }
      if (distinct.putIfAbsent(message.id(), message) != null) {
        continue;
      }
      Map<String, Set<String>> kind = message.topic().endsWith(EVENTS) ? told : commanded;
      kind.computeIfAbsent(message.cause(), _ -> new HashSet<>()).add(message.id());
      Long before = lastOfKey.put(message.topic() + "/" + message.key(), message.position());
      if (before != null && before > message.position()) {
        findings.add(
            "%s: key %s has position %d after %d"
                .formatted(message.topic(), message.key(), message.position(), before));
      }
    }
    compare(distinct, told, commanded);
    return new Verdict(
        "Kafka has every message of the log, in order",
        "%d messages, %d of them again"
            .formatted(distinct.size(), messages.size() - distinct.size()),
        findings);
  }

  private void compare(
      Map<String, Message> distinct,
      Map<String, Set<String>> told,
      Map<String, Set<String>> commanded) {
    Map<String, LoggedEvent> byId = new HashMap<>();
    log.events().forEach(event -> byId.put(event.id().toString(), event));
    for (Message message : distinct.values()) {
      LoggedEvent cause = byId.get(message.cause());
      if (cause == null
          || !cause.stream().equals(message.stream())
          || cause.revision() != message.revision()
          || cause.position() != message.position()) {
        findings.add(
            "%s holds a message that no event asks for: %s".formatted(message.topic(), message));
      }
    }
    Set<String> published = new HashSet<>();
    log.events().stream()
        .filter(event -> told.containsKey(event.id().toString()))
        .forEach(event -> published.add(kind(event)));
    for (LoggedEvent event : log.events()) {
      String id = event.id().toString();
      int tellings = told.getOrDefault(id, Set.of()).size();
      if (tellings != (published.contains(kind(event)) ? 1 : 0)) {
        findings.add("%s of %s is told %d times".formatted(event.type(), event.stream(), tellings));
      }
      int commands = commanded.getOrDefault(id, Set.of()).size();
      if (commands != event.data().path("commands").size()) {
        findings.add(
            "%s of %s asks for %d commands, %d were sent"
                .formatted(
                    event.type(), event.stream(), event.data().path("commands").size(), commands));
      }
    }
  }

  /// Kinds of sagas share the types of their events, and need not publish the same ones.
  private static String kind(LoggedEvent event) {
    return event.category() + " " + event.type();
  }

  /// Of those that the command service writes.
  static boolean concerns(String topic) {
    boolean isOthers = topic.equals("kiroku.job.events") || topic.equals("kiroku.socket.events");
    return !isOthers
        && (topic.endsWith(EVENTS) || topic.endsWith(COMMANDS) || topic.endsWith(".dlt"));
  }
}
