package io.kiroku.gateway;

import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.kiroku.service.testing.IdentityProvider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The services behind the gateway, small but over real gRPC, and the keys of an identity provider.
public final class RunningServices implements QuarkusTestResourceLifecycleManager {
  private final IdentityProvider identities = new IdentityProvider();
  private @Nullable Server server;

  @Override
  public Map<String, String> start() {
    try {
      server =
          NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
              .intercept(new ShopServices.Keys())
              .addService(new ShopServices.Jobs())
              .addService(new ShopServices.Ordering())
              .addService(new ShopServices.Inventory())
              .addService(new ShopServices.Catalog())
              .addService(new ShopServices.Queries())
              .build()
              .start();
      Map<String, String> config = new HashMap<>();
      config.put("KIROKU_JWT_PUBLIC_KEY", identities.publicKeyLocation());
      for (String service : Set.of("COMMAND", "QUERY", "JOB")) {
        config.put("KIROKU_" + service + "_SERVICE_PORT", Integer.toString(server.getPort()));
      }
      return config;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// The tests live in another class loader than this does.
  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(
        identities.keys().getPrivate(), field -> field.getType() == PrivateKey.class);
  }

  @Override
  public void stop() {
    if (server != null) {
      server.shutdownNow();
    }
  }

  static String token(PrivateKey key, String user, String... groups) {
    return Jwt.issuer("https://kiroku.local")
        .subject(user)
        .groups(Set.of(groups))
        .expiresIn(Duration.ofMinutes(10))
        .jws()
        .sign(key);
  }
}
