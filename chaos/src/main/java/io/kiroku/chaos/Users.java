package io.kiroku.chaos;

import io.kiroku.client.KirokuClient;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// One impatient client for each user; `staff` is an admin.
final class Users implements Function<String, KirokuClient>, AutoCloseable {
  private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
  private static final Duration TOKEN_LIFE = Duration.ofHours(12);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, KirokuClient> clients = new ConcurrentHashMap<>();
  private final URI gateway;
  private final Tokens tokens;

  Users(Platform platform) {
    this.gateway = URI.create("http://" + platform.ports().address(Port.GATEWAY));
    this.tokens = new Tokens(platform.keys().signingKey());
  }

  @Override
  public KirokuClient apply(String user) {
    return clients.computeIfAbsent(
        user,
        _ -> {
          var role = user.equals("staff") ? Tokens.Role.admin : Tokens.Role.writer;
          String token = tokens.sign(role, user, Instant.now(), TOKEN_LIFE);
          return new KirokuClient(http, gateway, token, ANSWER_MAX);
        });
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
