package io.kiroku.launcher.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The five services, configured by environment variables alone, as they are in a cluster.
final class ServiceParts {
  static final String COMMAND = "command-service";
  static final String QUERY = "query-service";
  static final String JOB = "job-service";
  static final String WS = "ws-service";
  static final String GATEWAY = "gateway";

  private static final String STANDBY_SUFFIX = "-2";
  private static final Duration START_BOUND = Duration.ofMinutes(2);

  private static final Duration CONNECTOR_BOUND = Duration.ofSeconds(45);

  private final Layout layout;
  private final PortPlan ports;
  private final Routes routes;
  private final Keys keys;

  ServiceParts(Layout layout, PortPlan ports, Routes routes, Keys keys) {
    this.layout = layout;
    this.ports = ports;
    this.routes = routes;
    this.keys = keys;
  }

  /// The services of a whole platform.
  List<Part> all() {
    String postgres = PostgresPart.NAME;
    String redis = InfrastructureParts.REDIS;
    String stack = InfrastructureParts.STACK;
    String registry = InfrastructureParts.REGISTRY;
    String store = InfrastructureParts.EVENT_STORE;
    return List.of(
        service(COMMAND, Port.COMMAND_SERVICE, Set.of(postgres, stack, registry, store)),
        service(QUERY, Port.QUERY_SERVICE, Set.of(stack, redis, store)),
        service(JOB, Port.JOB_SERVICE, Set.of(redis, stack, registry)),
        service(WS, Port.WS_SERVICE, Set.of(redis, stack, registry)),
        service(GATEWAY, Port.GATEWAY, Set.of(redis)));
  }

  /// Second instances, which nobody starts unasked.
  List<Part> standbys() {
    return List.of(
        service(COMMAND + STANDBY_SUFFIX, Port.COMMAND_SERVICE_2, Set.of()),
        service(QUERY + STANDBY_SUFFIX, Port.QUERY_SERVICE_2, Set.of()),
        service(JOB + STANDBY_SUFFIX, Port.JOB_SERVICE_2, Set.of()),
        service(WS + STANDBY_SUFFIX, Port.WS_SERVICE_2, Set.of()),
        service(GATEWAY + STANDBY_SUFFIX, Port.GATEWAY_2, Set.of()));
  }

  private Part service(String name, Port port, Set<String> needs) {
    String module =
        name.endsWith(STANDBY_SUFFIX)
            ? name.substring(0, name.length() - STANDBY_SUFFIX.length())
            : name;
    Path jar = layout.service(module);
    Map<String, String> environment = environment(name);
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(ports.of(port)));
    environment.put("KIROKU_INSTANCE_ID", name);
    return new Part(
        name,
        jar,
        List.of(port),
        needs,
        () -> Program.install(jar, layout.programs().resolve(name)),
        JvmFlags.java(module, layout.program(name, jar), List.of()),
        environment,
        new ReadinessProbe(ports.of(port)),
        name.equals(COMMAND) ? this::awaitOutbox : Part.Step.NOTHING,
        "TERM",
        // The gateway is ready once the others are: if one of them is not, that one is to be named.
        module.equals(GATEWAY) ? START_BOUND.multipliedBy(2) : START_BOUND);
  }

  /// The command service has created the outbox; the platform is up once its connector runs.
  private void awaitOutbox() throws InterruptedException {
    Probe connector = Probe.http(ports.of(Port.STACK_HEALTH), "/health/outbox");
    long deadline = System.nanoTime() + CONNECTOR_BOUND.toNanos();
    while (!connector.isUp()) {
      if (System.nanoTime() > deadline) {
        throw new PlatformException(
            "the outbox connector does not run; see " + layout.log(InfrastructureParts.STACK));
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private Map<String, String> environment(String part) {
    Map<String, String> env = new HashMap<>();
    env.put("QUARKUS_HTTP_HOST", Platform.HOST);
    env.put("KIROKU_EVENTSTORE_URL", "esdb://" + route(part, Port.EVENT_STORE) + "?tls=false");
    env.put("KIROKU_POSTGRES_HOST", Platform.HOST);
    env.put("KIROKU_POSTGRES_PORT", Integer.toString(routes.port(part, Port.POSTGRES)));
    env.put("KIROKU_POSTGRES_DATABASE", PostgresPart.SERVICES);
    env.put("KIROKU_POSTGRES_USER", PostgresPart.USER);
    env.put("KIROKU_POSTGRES_PASSWORD", keys.postgresPassword());
    env.put("KIROKU_KAFKA_BOOTSTRAP", route(part, Port.KAFKA));
    env.put(
        "KIROKU_SCHEMA_REGISTRY_URL",
        "http://" + route(part, Port.REGISTRY) + InfrastructureParts.REGISTRY_API);
    env.put("KIROKU_REDIS_URL", "redis://" + route(part, Port.REDIS));
    env.put("KIROKU_MONGO_URL", "mongodb://" + route(part, Port.MONGO));
    String providers = "http://" + route(part, Port.PROVIDERS);
    env.put("KIROKU_PAYMENT_PROVIDER", "http");
    env.put("KIROKU_PAYMENT_HTTP_URL", providers);
    env.put("KIROKU_SHIPPING_CARRIER", "http");
    env.put("KIROKU_SHIPPING_HTTP_URL", providers);
    env.put("KIROKU_JWT_PUBLIC_KEY", keys.publicKey().toUri().toString());
    env.put("KIROKU_MASTER_KEY_FILE", keys.masterKey().toString());
    address(env, "KIROKU_COMMAND_SERVICE", routes.port(part, Port.COMMAND_SERVICE));
    address(env, "KIROKU_QUERY_SERVICE", routes.port(part, Port.QUERY_SERVICE));
    address(env, "KIROKU_JOB_SERVICE", routes.port(part, Port.JOB_SERVICE));
    return env;
  }

  private String route(String part, Port dependency) {
    return Platform.HOST + ":" + routes.port(part, dependency);
  }

  private static void address(Map<String, String> env, String prefix, int port) {
    env.put(prefix + "_HOST", Platform.HOST);
    env.put(prefix + "_PORT", Integer.toString(port));
  }
}
