package io.kiroku.command;

import io.kiroku.launcher.platform.Layout;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.PortPlan;
import io.kiroku.launcher.platform.Progress;
import io.kiroku.launcher.platform.Tokens;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/// PostgreSQL, event store, Kafka, Connect with Debezium and the schema registry as processes of
/// their own, on free ports.
@NullUnmarked // Set at start.
public final class RealInfrastructure implements QuarkusTestResourceLifecycleManager {
  private Platform platform;

  @Override
  public Map<String, String> start() {
    Layout layout = new Layout(Layout.findRoot(), Path.of("target/it-platform"));
    platform = Platform.emptied(layout, PortPlan.free(), Progress.SILENT);
    platform.startInfrastructure(Progress.SILENT);
    PortPlan ports = platform.ports();
    Map<String, String> config = new HashMap<>();
    config.put("quarkus.http.test-port", "0");
    config.put("kiroku.eventstore.url", "esdb://" + ports.address(Port.EVENT_STORE) + "?tls=false");
    config.put("kiroku.postgres.port", Integer.toString(ports.of(Port.POSTGRES)));
    config.put("quarkus.datasource.password", platform.keys().postgresPassword());
    config.put("kafka.bootstrap.servers", ports.address(Port.KAFKA));
    config.put(
        "kiroku.schema-registry.url",
        "http://" + ports.address(Port.REGISTRY) + "/apis/ccompat/v7");
    config.put("mp.jwt.verify.publickey.location", platform.keys().publicKey().toUri().toString());
    config.put("kiroku.master-key.file", layout.keys().resolve("master.key").toString());
    // The tests look at the outbox.
    config.put("kiroku.outbox.clean-every", "1H");
    return config;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(platform, field -> field.getType() == Platform.class);
    Tokens tokens = new Tokens(platform.keys().signingKey());
    inject(injector, "adminToken", tokens, Tokens.Role.admin, "staff");
    inject(injector, "customerToken", tokens, Tokens.Role.reader, "customer");
    inject(injector, "leavingToken", tokens, Tokens.Role.reader, "leaving");
  }

  private static void inject(
      TestInjector injector, String name, Tokens tokens, Tokens.Role role, String user) {
    injector.injectIntoFields(
        tokens.sign(role, user, Instant.now(), Duration.ofHours(1)),
        field -> field.getName().equals(name));
  }

  @Override
  public void stop() {
    platform.stop(Progress.SILENT);
  }
}
