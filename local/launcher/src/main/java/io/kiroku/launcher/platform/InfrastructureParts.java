package io.kiroku.launcher.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Redis, the stack, the schema registry and the event store's node.
final class InfrastructureParts {
  static final String REDIS = "redis";
  static final String STACK = "stack";
  static final String REGISTRY = "registry";
  static final String EVENT_STORE = "eventstore-node";

  /// Path of the registry's Confluent REST interface.
  static final String REGISTRY_API = "/apis/ccompat/v7";

  private static final String REDIS_RESOURCE = "/redis-server-6.2.6-v5-linux-amd64";
  private static final Duration START_BOUND = Duration.ofSeconds(90);

  private final Layout layout;
  private final PortPlan ports;
  private final Routes routes;
  private final Keys keys;

  InfrastructureParts(Layout layout, PortPlan ports, Routes routes, Keys keys) {
    this.layout = layout;
    this.ports = ports;
    this.routes = routes;
    this.keys = keys;
  }

  Part redis() {
    Path binary = layout.binaries().resolve("redis-6.2.11/redis-server");
    Path store = layout.store(REDIS);
    List<String> command = new ArrayList<>(List.of(binary.toString()));
    command.addAll(List.of("--bind", Platform.HOST, "--port", number(Port.REDIS)));
    command.addAll(List.of("--dir", store.toString(), "--save", ""));
    command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec"));
    return new Part(
        REDIS,
        layout.root(),
        List.of(Port.REDIS),
        Set.of(),
        () -> {
          Archive.copyExecutable(REDIS_RESOURCE, binary);
          Files.createDirectories(store);
        },
        command,
        Map.of(),
        Probe.tcp(ports.of(Port.REDIS)),
        Part.Step.NOTHING,
        "TERM",
        START_BOUND);
  }

  private static String names(Stream<Topic> topics) {
    return topics.map(Topic::name).collect(Collectors.joining(","));
  }

  Part stack() {
    Path jar = layout.jar("local/stack", "kiroku-stack");
    String topics = names(Topic.all().stream());
    String timed = names(Topic.all().stream().filter(Topic::isTimedByBroker));
    List<String> command = JvmFlags.java(STACK, layout.program(STACK, jar), List.of());
    command.addAll(List.of("--data", layout.store(STACK).toString()));
    command.addAll(List.of("--kafka-port", number(Port.KAFKA)));
    command.addAll(List.of("--controller-port", number(Port.KAFKA_CONTROLLER)));
    command.addAll(List.of("--connect-port", number(Port.CONNECT)));
    command.addAll(List.of("--mongo-port", number(Port.MONGO)));
    command.addAll(List.of("--health-port", number(Port.STACK_HEALTH)));
    command.addAll(List.of("--provider-port", number(Port.PROVIDERS)));
    command.addAll(List.of("--kafka-advertised-port", route(STACK, Port.KAFKA)));
    command.addAll(List.of("--postgres-port", route(STACK, Port.POSTGRES)));
    command.addAll(List.of("--postgres-database", PostgresPart.SERVICES, "--topics", topics));
    command.addAll(List.of("--broker-timed-topics", timed));
    return new Part(
        STACK,
        jar,
        List.of(
            Port.KAFKA,
            Port.KAFKA_CONTROLLER,
            Port.CONNECT,
            Port.MONGO,
            Port.STACK_HEALTH,
            Port.PROVIDERS),
        Set.of(),
        () -> Program.install(jar, layout.programs().resolve(STACK)),
        command,
        Map.of("KIROKU_POSTGRES_PASSWORD", keys.postgresPassword()),
        Probe.http(ports.of(Port.STACK_HEALTH), "/health"),
        Part.Step.NOTHING,
        "TERM",
        START_BOUND);
  }

  Part registry() {
    List<String> properties =
        List.of(
            "-Dquarkus.http.host=" + Platform.HOST,
            "-Dquarkus.http.port=" + number(Port.REGISTRY),
            "-Dquarkus.management.host=" + Platform.HOST,
            "-Dquarkus.management.port=" + number(Port.REGISTRY_MANAGEMENT),
            "-Dquarkus.http.access-log.enabled=false",
            "-Dapicurio.storage.kind=sql",
            "-Dapicurio.storage.sql.kind=postgresql",
            "-Dapicurio.datasource.url=" + registryDatabase(),
            "-Dapicurio.datasource.username=" + PostgresPart.USER,
            // 20 connections by default, for one reader at start
            "-Dapicurio.datasource.jdbc.initial-size=2",
            "-Dapicurio.datasource.jdbc.min-size=2",
            "-Dapicurio.datasource.jdbc.max-size=8",
            // Else each pooled connection fails one request after PostgreSQL was restarted.
            "-Dquarkus.datasource.postgresql.jdbc.validate-on-borrow=true");
    return new Part(
        REGISTRY,
        layout.registry(),
        List.of(Port.REGISTRY, Port.REGISTRY_MANAGEMENT),
        Set.of(PostgresPart.NAME),
        Part.Step.NOTHING,
        JvmFlags.java(REGISTRY, layout.registry(), properties),
        Map.of("APICURIO_DATASOURCE_PASSWORD", keys.postgresPassword()),
        Probe.http(ports.of(Port.REGISTRY), "/apis/ccompat/v7/subjects"),
        new SchemaRegistration(registryUrl(ports))::register,
        "TERM",
        START_BOUND);
  }

  Part eventStore() {
    Path jar = layout.jar("local/eventstore-node", "kiroku-eventstore-node");
    List<String> command = JvmFlags.java(EVENT_STORE, layout.program(EVENT_STORE, jar), List.of());
    command.addAll(List.of("--host", Platform.HOST, "--port", number(Port.EVENT_STORE)));
    command.add("--standard-projections=true");
    String storage = Platform.HOST + ":" + route(EVENT_STORE, Port.POSTGRES);
    command.add("--storage=postgres://" + storage + "/" + PostgresPart.EVENT_STORE);
    Map<String, String> login =
        Map.of(
            "KIROKU_STORAGE_USER",
            PostgresPart.USER,
            "KIROKU_STORAGE_PASSWORD",
            keys.postgresPassword());
    return new Part(
        EVENT_STORE,
        jar,
        List.of(Port.EVENT_STORE),
        Set.of(PostgresPart.NAME),
        () -> Program.install(jar, layout.programs().resolve(EVENT_STORE)),
        command,
        login,
        Probe.http(ports.of(Port.EVENT_STORE), "/health/ready"),
        Part.Step.NOTHING,
        "TERM",
        START_BOUND);
  }

  /// Base address of the Confluent REST interface.
  static String registryUrl(PortPlan ports) {
    return "http://" + ports.address(Port.REGISTRY) + REGISTRY_API;
  }

  private String registryDatabase() {
    String address = Platform.HOST + ":" + route(REGISTRY, Port.POSTGRES);
    return "jdbc:postgresql://" + address + "/" + PostgresPart.REGISTRY;
  }

  private String route(String part, Port dependency) {
    return Integer.toString(routes.port(part, dependency));
  }

  private String number(Port port) {
    return Integer.toString(ports.of(port));
  }
}
