package io.kiroku.launcher;

import io.kiroku.launcher.demo.DemoTarget;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.PortPlan;
import io.kiroku.launcher.platform.ProviderBook;
import io.kiroku.launcher.platform.Tokens;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/// A running platform as its clients see it: two addresses and a token for each side of the shop.
final class Targets {
  private static final Duration TOKEN_TTL = Duration.ofHours(1);

  private Targets() {}

  static DemoTarget of(Platform platform) {
    PortPlan ports = platform.ports();
    var tokens = new Tokens(platform.keys().signingKey());
    Instant now = Instant.now();
    return new DemoTarget(
        URI.create("http://" + ports.address(Port.GATEWAY)),
        URI.create("ws://" + ports.address(Port.WS_SERVICE) + "/ws"),
        tokens.sign(Tokens.Role.admin, "staff", now, TOKEN_TTL),
        tokens.sign(Tokens.Role.writer, "customer", now, TOKEN_TTL),
        new ProviderBook(ports)::kept);
  }
}
