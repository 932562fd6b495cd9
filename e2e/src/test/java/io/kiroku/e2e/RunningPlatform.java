package io.kiroku.e2e;

import io.kiroku.client.JobSocket;
import io.kiroku.client.KirokuClient;
import io.kiroku.launcher.platform.Layout;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.PortPlan;
import io.kiroku.launcher.platform.Progress;
import io.kiroku.launcher.platform.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// The whole platform on free ports, started once for all tests of a run and stopped after the
/// last. Tests may break it: [#heal()] starts what is missing.
final class RunningPlatform implements AutoCloseable {
  private static final Duration TOKEN_LIFE = Duration.ofHours(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Platform platform;

  private RunningPlatform() {
    var layout = new Layout(Layout.findRoot(), Path.of(System.getProperty("kiroku.e2e.data")));
    this.platform = Platform.emptied(layout, PortPlan.free(), Progress.SILENT);
    platform.start(Progress.SILENT);
  }

  Platform parts() {
    return platform;
  }

  void heal() {
    platform.start(Progress.SILENT);
  }

  URI gateway() {
    return URI.create("http://" + platform.ports().address(Port.GATEWAY));
  }

  HttpClient http() {
    return http;
  }

  KirokuClient staff() {
    return new KirokuClient(http, gateway(), token("admin", "staff"));
  }

  KirokuClient customer(String user) {
    return new KirokuClient(http, gateway(), token("reader", user));
  }

  JobSocket socket(String user) {
    URI endpoint = URI.create("ws://" + platform.ports().address(Port.WS_SERVICE) + "/ws");
    return JobSocket.connect(http, endpoint, token("reader", user));
  }

  String token(String role, String user) {
    var tokens = new Tokens(platform.keys().signingKey());
    return tokens.sign(Tokens.Role.valueOf(role), user, Instant.now(), TOKEN_LIFE);
  }

  @Override
  public void close() {
    http.close();
    platform.close();
  }

  /// Gives tests the platform as a parameter.
  static final class Extension implements BeforeAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(RunningPlatform.class);

    @Override
    public void beforeAll(ExtensionContext context) {
      platform(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == RunningPlatform.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return platform(context);
    }

    private static RunningPlatform platform(ExtensionContext context) {
      // The root store closes it after the last test of the run.
      return context
          .getRoot()
          .getStore(NAMESPACE)
          .computeIfAbsent("platform", _ -> new RunningPlatform(), RunningPlatform.class);
    }
  }
}
