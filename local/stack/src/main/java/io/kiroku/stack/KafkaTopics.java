package io.kiroku.stack;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates the topics with an explicit number of partitions; a topic that exists stays as it is,
/// because more partitions later would move keys and break their order.
final class KafkaTopics {
  private static final short ONE_REPLICA = 1;

  private KafkaTopics() {}

  static void create(StackOptions options) throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", options.bootstrapServers()))) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          options.topics.stream()
              .filter(topic -> !existing.contains(topic))
              .map(topic ->
                  new NewTopic(topic, Optional.of(options.partitions), Optional.of(ONE_REPLICA))
                      .configs(configs(topic, options)))
              .toList();
      admin.createTopics(missing).all().get();
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof TopicExistsException)) {
        throw failure;
      }
    }
  }

  private static Map<String, String> configs(String topic, StackOptions options) {
    return options.brokerTimedTopics.contains(topic)
        ? Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime")
        : Map.of();
  }
}
