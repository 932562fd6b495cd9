package io.kiroku.ws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/// Everything that the service needs, started before it: Redis, Kafka, job-service, a key to verify
/// tokens, and the one answer of a schema registry that it asks for.
@SuppressWarnings("NullAway.Init") // start() comes first
public final class TestPlatform implements QuarkusTestResourceLifecycleManager {
  /// Of every schema.
  public static final int SCHEMA_ID = 7;

  private static final Path JOB_SERVICE =
      Path.of("../job-service/target/quarkus-app/quarkus-run.jar");

  private final KeyPair keys = pair();
  private final Map<String, String> shared = new HashMap<>();
  private TestRedis redis;
  private TestKafka kafka;
  private HttpServer registry;
  private ServiceProcess jobs;

  @Override
  public Map<String, String> start() {
    redis = TestRedis.start();
    kafka =
        TestKafka.start("kiroku.fulfillment.events", "kiroku.job.events", "kiroku.socket.events");
    registry = registry();
    Map<String, String> environment =
        Map.of(
            "KIROKU_REDIS_URL", redis.url(),
            "KIROKU_KAFKA_BOOTSTRAP", kafka.bootstrap(),
            "KIROKU_SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + registry.getAddress().getPort(),
            "KIROKU_JWT_PUBLIC_KEY", publicKey());
    jobs = ServiceProcess.start(JOB_SERVICE, environment);
    shared.putAll(environment);
    shared.put("KIROKU_JOB_SERVICE_PORT", Integer.toString(jobs.port()));
    Map<String, String> settings = new HashMap<>(shared);
    settings.put("quarkus.http.test-port", "0");
    // Small enough that a client which does not read is found out soon.
    settings.put("kiroku.ws.outgoing-max", "64K");
    settings.put("kiroku.ws.recheck-after", "1S");
    // In tests a gRPC client would else be sent to the tested service itself.
    settings.put("quarkus.grpc.clients.jobs.test-port", Integer.toString(jobs.port()));
    return settings;
  }

  /// The test lives in another class loader than this does: only types of the JDK get across.
  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(keys, field -> field.getType() == KeyPair.class);
    injector.injectIntoFields(shared, field -> field.getType() == Map.class);
  }

  @Override
  public void stop() {
    if (jobs != null) {
      jobs.close();
    }
    if (registry != null) {
      registry.stop(0);
    }
    if (kafka != null) {
      kafka.close();
    }
    if (redis != null) {
      redis.close();
    }
  }

  private static HttpServer registry() {
    try {
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      byte[] answer = ("{\"id\":" + SCHEMA_ID + "}").getBytes(UTF_8);
      server.createContext(
          "/subjects/",
          exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private String publicKey() {
    try {
      Path pem = Files.createTempFile(Path.of("target"), "public", ".pem");
      String body = Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded());
      Files.writeString(
          pem, "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
      return pem.toAbsolutePath().toUri().toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
