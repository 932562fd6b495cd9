package io.kiroku.provider.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the simulator alone: for tests that kill it, and for whoever wants to try a client.
@Command(
    name = "kiroku-provider-simulator",
    mixinStandardHelpOptions = true,
    description = "A payment provider and a carrier over HTTP that move nothing.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields before anybody reads them
public final class Main implements Callable<Integer> {
  @Option(names = "--port", defaultValue = "8087", description = "HTTP port, 0 for any")
  private int port;

  @Option(names = "--book", required = true, description = "file that remembers every key")
  private Path book;

  @Option(
      names = "--bearer-token",
      defaultValue = "${env:KIROKU_PROVIDER_TOKEN:-}",
      description = "callers have to bring it; better given as KIROKU_PROVIDER_TOKEN")
  private String bearerToken;

  @Option(
      names = "--outage-tries",
      defaultValue = "3",
      description = "how often tok_temporarily_unavailable answers 503")
  private int outageTries;

  @Option(
      names = "--slow",
      defaultValue = "PT10S",
      description = "how late the first answer to tok_ok_slow comes")
  private Duration slow;

  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var settings = new ProviderSimulator.Settings(port, book, bearerToken, outageTries, slow);
    try (var simulator = ProviderSimulator.open(settings)) {
      System.out.println("listens on port " + simulator.port());
      new CountDownLatch(1).await();
    }
    return 0;
  }
}
