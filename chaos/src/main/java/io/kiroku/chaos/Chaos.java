package io.kiroku.chaos;

import io.kiroku.chaos.audit.Audit;
import io.kiroku.chaos.audit.Verdict;
import io.kiroku.chaos.fault.Links;
import io.kiroku.chaos.fault.Mender;
import io.kiroku.chaos.fault.Storm;
import io.kiroku.chaos.load.Customers;
import io.kiroku.chaos.load.Ledger;
import io.kiroku.chaos.load.Shop;
import io.kiroku.launcher.platform.Layout;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.PlatformException;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.PortPlan;
import io.kiroku.launcher.platform.Progress;
import io.kiroku.launcher.platform.ServiceChannel;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts a platform of its own, lets a storm blow over it while customers order, and audits it.
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Starts a platform of its own, on free ports and in a directory of its own, and orders all",
      "the time while parts are killed (kill -9) and paused (SIGSTOP) at random and the links",
      "between them cut. Then waits until everything has ended and audits every store."
    })
public final class Chaos implements Callable<Integer> {
  private static final long MILLIS_PER_MINUTE = 60_000;
  private static final Duration STOP_PAUSE = Duration.ofMillis(500);
  private static final int STOP_ATTEMPTS = 20;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "10",
      description = "how long faults are injected (default: ${DEFAULT-VALUE})")
  private double minutes = 10;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "the same faults and orders again, as far as the machine's timing allows")
  private @Nullable Long seed;

  @Option(
      names = "--commands-per-second",
      paramLabel = "N",
      defaultValue = "3",
      description = "orders and stock receipts (default: ${DEFAULT-VALUE})")
  private double commandsPerSecond = 3;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "90",
      description = "how long to wait afterwards without any progress (default: ${DEFAULT-VALUE})")
  private long patienceSeconds = 90;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = ".kiroku-chaos",
      description = "emptied at the start (default: ${DEFAULT-VALUE})")
  private Path data = Path.of(".kiroku-chaos");

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  public static void main(String[] args) {
    System.exit(new CommandLine(new Chaos()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    long chosen = seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed;
    out.printf(
        "seed %d; the same again: ./kiroku chaos --minutes %s --seed %d%n",
        chosen, minutes, chosen);
    PortPlan ports = PortPlan.free();
    try (Links links = Links.open(ports)) {
      Layout layout = new Layout(Layout.findRoot(), data);
      Platform platform = Platform.emptied(layout, ports, links, Progress.SILENT);
      Thread interrupted = new Thread(() -> takeDown(platform), "take-down");
      Runtime.getRuntime().addShutdownHook(interrupted);
      try {
        Report report = run(chosen, platform, links);
        report.print(out);
        out.printf(
            "%n%s; logs and data: %s%n", report.agrees() ? "AGREES" : "DISAGREES", layout.data());
        return report.agrees() ? 0 : 1;
      } finally {
        takeDown(platform);
        Runtime.getRuntime().removeShutdownHook(interrupted);
      }
    } catch (PlatformException failure) {
      System.err.println("kiroku: " + failure.getMessage());
      return 1;
    }
  }

  private Report run(long chosen, Platform platform, Links links) throws InterruptedException {
    var journal = new Journal(out);
    journal.say("starting a platform in " + platform.layout().data());
    platform.start(Progress.SILENT);
    var mender = new Mender(platform, journal);
    var storm = new Storm(platform, mender, journal);
    var ledger = new Ledger();
    try (var users = new Users(platform);
        var commands = new ServiceChannel(platform, Port.COMMAND_SERVICE);
        var audit = new Audit(platform, ledger, users)) {
      Shop shop = Shop.fill(users.apply("staff"));
      List<Verdict> verdicts;
      try (var customers = new Customers(users, commands, shop, chosen, ledger, journal)) {
        customers.start(commandsPerSecond);
        storm.blow(chosen, Duration.ofMillis((long) (minutes * MILLIS_PER_MINUTE)), links.all());
        customers.stopSending();
        links.healAll();
        mender.startAll();
        journal.say("the storm is over, %d orders are accepted".formatted(ledger.orders().size()));
        verdicts = settling(audit, journal).await();
      }
      return new Report(storm.done(), verdicts, journal.findings());
    }
  }

  private Settling settling(Audit audit, Journal journal) {
    Duration patience = Duration.ofSeconds(patienceSeconds);
    return new Settling(audit, journal, patience, patience.multipliedBy(20));
  }

  /// Also while a start holds the lock: the start is cancelled first.
  private static void takeDown(Platform platform) {
    platform.cancelStart();
    for (int attempt = 1; attempt <= STOP_ATTEMPTS; attempt++) {
      try {
        platform.stop(Progress.SILENT);
        return;
      } catch (PlatformException locked) {
        LockSupport.parkNanos(STOP_PAUSE.toNanos());
      }
    }
  }
}
