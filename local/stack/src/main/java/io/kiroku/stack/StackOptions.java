package io.kiroku.stack;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What the stack is told at start; every address is on the loopback interface.
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anybody reads them
final class StackOptions {
  static final String HOST = "127.0.0.1";

  @Option(names = "--data", required = true, description = "directory for all data of this JVM")
  Path data;

  @Option(names = "--kafka-port", defaultValue = "9092", description = "broker port")
  int kafkaPort;

  @Option(
      names = "--kafka-advertised-port",
      description = "port that clients are sent to (default: that of the broker)")
  @Nullable Integer kafkaAdvertisedPort;

  @Option(names = "--controller-port", defaultValue = "9093", description = "KRaft controller port")
  int controllerPort;

  @Option(names = "--connect-port", defaultValue = "8083", description = "Kafka Connect REST port")
  int connectPort;

  @Option(names = "--mongo-port", defaultValue = "27017", description = "MongoDB wire protocol")
  int mongoPort;

  @Option(names = "--health-port", defaultValue = "8084", description = "HTTP port of /health")
  int healthPort;

  @Option(
      names = "--provider-port",
      defaultValue = "8087",
      description = "HTTP port of the payment provider and carrier")
  int providerPort;

  @Option(names = "--topics", split = ",", description = "topics to create, comma separated")
  List<String> topics = List.of();

  @Option(
      names = "--broker-timed-topics",
      split = ",",
      description = "those of them whose messages have the broker's time, not their producer's")
  List<String> brokerTimedTopics = List.of();

  @Option(names = "--partitions", defaultValue = "6", description = "partitions of each new topic")
  int partitions;

  @Option(names = "--postgres-port", defaultValue = "5432", description = "PostgreSQL port")
  int postgresPort;

  @Option(names = "--postgres-database", defaultValue = "kiroku", description = "outbox database")
  String postgresDatabase;

  @Option(names = "--postgres-user", defaultValue = "postgres", description = "replication role")
  String postgresUser;

  @Option(
      names = "--postgres-password",
      defaultValue = "${env:KIROKU_POSTGRES_PASSWORD:-postgres}",
      description = "its password; better given as KIROKU_POSTGRES_PASSWORD")
  String postgresPassword;

  /// Where clients, Connect among them, find the broker.
  String bootstrapServers() {
    return HOST + ":" + (kafkaAdvertisedPort == null ? kafkaPort : kafkaAdvertisedPort);
  }
}
