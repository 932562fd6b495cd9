package io.kiroku.command;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
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
  private ManagedChannel channel;

  @Override
  public Map<String, String> start() {
    Layout layout = new Layout(Layout.findRoot(), Path.of("target/it-platform"));
    platform = Platform.emptied(layout, PortPlan.free(), Progress.SILENT);
    platform.startInfrastructure(Progress.SILENT);
    PortPlan ports = platform.ports();
    Map<String, String> config = new HashMap<>();
    // Where the command line looks for it.
    config.put("quarkus.http.test-port", Integer.toString(ports.of(Port.COMMAND_SERVICE)));
    config.put("kiroku.eventstore.url", "esdb://" + ports.address(Port.EVENT_STORE) + "?tls=false");
    config.put("kiroku.postgres.port", Integer.toString(ports.of(Port.POSTGRES)));
    config.put("quarkus.datasource.password", platform.keys().postgresPassword());
    config.put("kafka.bootstrap.servers", ports.address(Port.KAFKA));
    config.put(
        "kiroku.schema-registry.url",
        "http://" + ports.address(Port.REGISTRY) + "/apis/ccompat/v7");
    config.put("mp.jwt.verify.publickey.location", platform.keys().publicKey().toUri().toString());
    config.put("kiroku.master-key.file", layout.keys().resolve("master.key").toString());
    // Used by those tests only that choose providers over HTTP.
    config.put("kiroku.payment.http.url", "http://" + ports.address(Port.PROVIDERS));
    config.put("kiroku.shipping.http.url", "http://" + ports.address(Port.PROVIDERS));
    // The tests look at the outbox.
    config.put("kiroku.outbox.clean-every", "1H");
    config.put("kiroku.outbox.measure-every", "200MS");
    return config;
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        platform,
        field -> field.getName().equals("platform") && field.getType().equals(Platform.class));
    Tokens tokens = new Tokens(platform.keys().signingKey());
    inject(injector, "adminToken", tokens, Tokens.Role.admin, "staff");
    inject(injector, "customerToken", tokens, Tokens.Role.reader, "customer");
    inject(injector, "leavingToken", tokens, Tokens.Role.reader, "leaving");
    Shop shop =
        new Shop(
            connected(),
            token(tokens, Tokens.Role.admin, "staff"),
            token(tokens, Tokens.Role.reader, "customer"));
    injector.injectIntoFields(shop, field -> field.getType().equals(Shop.class));
  }

  /// One for each test: the service may be another one than that of the last.
  private ManagedChannel connected() {
    disconnect();
    channel =
        Grpc.newChannelBuilder(
                platform.ports().address(Port.COMMAND_SERVICE), InsecureChannelCredentials.create())
            .build();
    return channel;
  }

  private void disconnect() {
    if (channel != null) {
      channel.shutdownNow();
    }
  }

  private static void inject(
      TestInjector injector, String name, Tokens tokens, Tokens.Role role, String user) {
    injector.injectIntoFields(token(tokens, role, user), field -> field.getName().equals(name));
  }

  private static String token(Tokens tokens, Tokens.Role role, String user) {
    return tokens.sign(role, user, Instant.now(), Duration.ofHours(1));
  }

  @Override
  public void stop() {
    disconnect();
    platform.stop(Progress.SILENT);
  }
}
