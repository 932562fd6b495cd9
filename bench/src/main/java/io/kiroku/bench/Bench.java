package io.kiroku.bench;

import io.kiroku.bench.readside.ReadSide;
import io.kiroku.bench.writeside.WriteSide;
import io.kiroku.client.KirokuClient;
import io.kiroku.client.ShopAudit;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs the measurements one after the other against a platform that is up.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    subcommands = {WriteSide.class, ReadSide.class},
    description = "Measures a running platform and prints tables.")
public final class Bench implements Callable<Integer> {
  /// Whose load it is that the machine carries.
  public static final String SHARERS = "load generator and platform";

  private static final Duration AUDIT_PATIENCE = Duration.ofSeconds(60);
  private static final int EVENTS_PER_SECOND = 100;

  @Option(names = "--gateway", required = true, description = "http://host:port of the gateway")
  private URI gateway = URI.create("http://127.0.0.1:8080");

  @Option(names = "--socket", required = true, description = "ws://host:port/ws")
  private URI socket = URI.create("ws://127.0.0.1:8081/ws");

  @Option(names = "--admin-token", required = true)
  private String adminToken = "";

  @Option(names = "--customer-token", required = true)
  private String customerToken = "";

  @Option(names = "--commands", description = "host:port of command-service")
  private String commands = "127.0.0.1:50051";

  @Option(names = "--queries", description = "host:port of query-service")
  private String queries = "127.0.0.1:50052";

  @Option(names = "--event-store", description = "connection string")
  private String eventStore = "esdb://127.0.0.1:2113?tls=false";

  @Option(names = "--kafka", description = "host:port")
  private String kafka = "127.0.0.1:9092";

  @Option(names = "--process", description = "NAME=PID of each process of the platform")
  private Map<String, Long> processes = new LinkedHashMap<>();

  @Option(names = "--seconds", defaultValue = "60", description = "length of each measurement")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "120",
      description =
          "seconds of orders before; the platform's code is compiled in the first minutes")
  private int warmUpSeconds;

  @Option(
      names = "--users",
      split = ",",
      defaultValue = "40,200,400",
      description = "closed loops of so many users")
  private List<Integer> users = List.of();

  private final Report report = new Report();

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Bench()).setCaseInsensitiveEnumValuesAllowed(true).execute(args));
  }

  @Override
  public Integer call() {
    try (HttpClient http = HttpClient.newHttpClient()) {
      Target target = target(http);
      report.machine(SHARERS);
      Shop shop = Shop.fill(target.staff());
      warmUp(target, shop);
      int lost = latency(target, shop);
      visibility(target, shop);
      lost += throughput(target, shop);
      memory(target);
      return audit(target) && lost == 0 ? 0 : 1;
    }
  }

  public String commands() {
    return commands;
  }

  /// A connection of its own to query-service.
  public AdminCalls queryCalls() {
    return new AdminCalls(queries, adminToken);
  }

  public String eventStore() {
    return eventStore;
  }

  public String kafka() {
    return kafka;
  }

  public String adminToken() {
    return adminToken;
  }

  public KirokuClient staff(HttpClient http) {
    return target(http).staff();
  }

  public Service service(HttpClient http) {
    return new Service(
        http,
        URI.create("http://" + commands + "/q/metrics"),
        pid("command-service"),
        pid("query-service"),
        pid("stack"));
  }

  /// Fails if nobody said which process that is.
  public long pid(String process) {
    Long pid = processes.get(process);
    if (pid == null) {
      throw new IllegalArgumentException("--process " + process + "=PID is missing");
    }
    return pid;
  }

  private Target target(HttpClient http) {
    return new Target(http, gateway, socket, adminToken, customerToken, processes);
  }

  private void warmUp(Target target, Shop shop) {
    report.say("warming up");
    SagaThroughput.run(target, shop, 20, Duration.ofSeconds(warmUpSeconds));
    Visibility.run(target, shop, EVENTS_PER_SECOND, Duration.ofSeconds(warmUpSeconds / 4));
  }

  private int latency(Target target, Shop shop) {
    report.say("saga latency");
    OrderFlow flow = SagaLatency.run(target, shop, 10, Duration.ofSeconds(seconds));
    var table =
        new Table(
            "Saga latency, 10 orders/s, HTTP request to confirmed on the WebSocket (ms)",
            "orders",
            "p50",
            "p95",
            "p99",
            "max",
            "not confirmed",
            "lost");
    var samples = flow.confirmed;
    table.row(
        samples.count(),
        samples.millisAt(0.5),
        samples.millisAt(0.95),
        samples.millisAt(0.99),
        samples.millisAt(1),
        flow.unconfirmed.get() + flow.refused.get(),
        flow.lost.get());
    report.table(table);
    return flow.lost.get();
  }

  private int throughput(Target target, Shop shop) {
    var table =
        new Table(
            "Saga throughput, closed loop",
            "users",
            "orders/s",
            "p50 ms",
            "p95 ms",
            "p99 ms",
            "CPU ms/order",
            "not confirmed",
            "429",
            "lost");
    int lost = 0;
    for (int count : users) {
      report.say("saga throughput with " + count + " users");
      var result = SagaThroughput.run(target, shop, count, Duration.ofSeconds(seconds));
      var flow = result.flow();
      table.row(
          count,
          result.ordersPerSecond(),
          flow.confirmed.millisAt(0.5),
          flow.confirmed.millisAt(0.95),
          flow.confirmed.millisAt(0.99),
          result.cpuMillisPerOrder(),
          flow.unconfirmed.get(),
          flow.refused.get(),
          flow.lost.get());
      lost += flow.lost.get();
    }
    report.table(table);
    return lost;
  }

  private void visibility(Target target, Shop shop) {
    report.say("visibility");
    Duration length = Duration.ofSeconds(Math.min(seconds, 30));
    var result = Visibility.run(target, shop, EVENTS_PER_SECOND, length);
    var table =
        new Table(
            "Visibility at "
                + EVENTS_PER_SECOND
                + " events/s: committed append to its document in a query (ms)",
            "from",
            "events",
            "p50",
            "p95",
            "p99",
            "not within 2 s");
    int late = result.late().get();
    row(table, "the command's answer", result.afterAnswer(), late);
    row(table, "the command's request", result.afterRequest(), late);
    report.table(table);
  }

  private static void row(Table table, String name, Samples samples, int late) {
    table.row(
        name,
        samples.count(),
        samples.millisAt(0.5),
        samples.millisAt(0.95),
        samples.millisAt(0.99),
        late);
  }

  private void memory(Target target) {
    var table = new Table("Memory after the load (proportional share, MiB)", "process", "MiB");
    long sum = 0;
    for (var process : target.processes().entrySet()) {
      long memory = ProcessCpu.memoryMiB(process.getValue());
      table.row(process.getKey(), memory);
      sum += memory;
    }
    table.row("all", sum);
    report.table(table);
  }

  private boolean audit(Target target) {
    report.say("audit");
    var audit = new ShopAudit(target.staff()).runUntilAgreed(AUDIT_PATIENCE);
    PrintStream out = report.out();
    audit.findings().stream().limit(20).forEach(finding -> out.println("  DISAGREES  " + finding));
    out.printf("%naudit of %d orders: %s%n", audit.orders(), audit.agrees() ? "agrees" : "FAILED");
    return audit.agrees();
  }
}
