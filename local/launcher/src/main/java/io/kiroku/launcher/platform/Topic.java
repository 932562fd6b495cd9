package io.kiroku.launcher.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A Kafka topic of the platform and the published contract of its values.
///
/// @param name of the topic
/// @param schema the `.proto` file of its values, as a path inside the contracts; none for a topic
///   that no message is defined for yet
public record Topic(String name, Optional<String> schema) {
  private static final List<String> COMMANDED =
      List.of("inventory", "ordering", "payment", "shipping");

  /// What programs ask of over Kafka: everything that gRPC offers and that is not a saga's alone.
  private static final List<String> ASKED = List.of("catalog", "inventory", "ordering", "shipping");

  private static final List<String> EVENTS_ONLY =
      List.of("fulfillment", "returns", "job", "socket");

  /// Every topic, in a stable order.
  public static List<Topic> all() {
    List<Topic> topics = new ArrayList<>();
    topics.add(of("catalog", "events"));
    // No saga commands the catalog yet; the topic is part of the platform all the same.
    topics.add(new Topic("kiroku.catalog.commands", Optional.empty()));
    topics.add(new Topic("kiroku.catalog.commands.dlt", Optional.empty()));
    for (String context : COMMANDED) {
      topics.add(of(context, "events"));
      topics.addAll(withDeadLetters(of(context, "commands")));
    }
    ASKED.forEach(context -> topics.addAll(withDeadLetters(of(context, "requests"))));
    topics.add(of("commands", "replies"));
    EVENTS_ONLY.forEach(source -> topics.add(of(source, "events")));
    return List.copyOf(topics);
  }

  /// Whether the broker, and not the producer, says when a message came: a token's validity is
  /// measured by it.
  boolean isTimedByBroker() {
    return name.endsWith(".requests");
  }

  private static List<Topic> withDeadLetters(Topic topic) {
    return List.of(topic, new Topic(topic.name() + ".dlt", topic.schema()));
  }

  private static Topic of(String context, String kind) {
    return new Topic(
        "kiroku.%s.%s".formatted(context, kind),
        Optional.of("kiroku/%1$s/v1/%1$s_%2$s.proto".formatted(context, kind)));
  }
}
