package io.kiroku.ws;

import io.kiroku.service.testing.Surroundings;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.HashMap;
import java.util.Map;

/// Everything that the service needs, started before it, with job-service.
@SuppressWarnings("NullAway.Init") // start() comes first
public final class TestPlatform implements QuarkusTestResourceLifecycleManager {
  private static final Path JOB_SERVICE =
      Path.of("../job-service/target/quarkus-app/quarkus-run.jar");

  private final Map<String, String> shared = new HashMap<>();
  private Surroundings surroundings;
  private ServiceProcess jobs;

  @Override
  public Map<String, String> start() {
    surroundings =
        Surroundings.start(
            "kiroku.fulfillment.events", "kiroku.job.events", "kiroku.socket.events");
    shared.putAll(surroundings.environment());
    jobs = ServiceProcess.start(JOB_SERVICE, shared);
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
    injector.injectIntoFields(surroundings.keys(), field -> field.getType() == KeyPair.class);
    injector.injectIntoFields(shared, field -> field.getType() == Map.class);
  }

  @Override
  public void stop() {
    if (jobs != null) {
      jobs.close();
    }
    if (surroundings != null) {
      surroundings.close();
    }
  }
}
