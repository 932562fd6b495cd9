package io.kiroku.launcher;

import io.kiroku.launcher.platform.Keys;
import io.kiroku.launcher.platform.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Prints a bearer token and nothing else, for `$(./kiroku token writer)`.
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Prints a signed token for a role: admin, writer or reader.")
final class TokenCommand implements Callable<Integer> {
  @Mixin private PlatformOptions options = new PlatformOptions();

  @Option(names = "--user", defaultValue = "demo", description = "its subject (default: demo)")
  private String user = "demo";

  @Option(
      names = "--ttl",
      defaultValue = "PT12H",
      paramLabel = "DURATION",
      description = "how long it is valid, as ISO-8601 (default: ${DEFAULT-VALUE})")
  private Duration ttl = Duration.ofHours(12);

  @Parameters(paramLabel = "ROLE", description = "one of: ${COMPLETION-CANDIDATES}")
  private Tokens.Role role = Tokens.Role.reader;

  @Override
  public Integer call() {
    var tokens = new Tokens(new Keys(options.layout().keys()).signingKey());
    System.out.println(tokens.sign(role, user, Instant.now(), ttl));
    return 0;
  }
}
