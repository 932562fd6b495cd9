package io.kiroku.bench.writeside;

import io.kiroku.bench.Bench;
import io.kiroku.client.KirokuClient;
import io.kiroku.shared.ProductId;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// The write side alone, one measurement after the other.
@Command(
    name = "write-side",
    mixinStandardHelpOptions = true,
    description = {
      "Measures commands, loads, publisher and saga runner.",
      "Fills the event store: use a data folder that may be emptied."
    })
public final class WriteSide implements Callable<Integer> {
  private static final int PRODUCTS = 200;

  @ParentCommand private Bench bench = new Bench();

  @Option(names = "--seconds", defaultValue = "15", description = "length of each measurement")
  private int seconds;

  @Option(
      names = "--events",
      defaultValue = "1000000",
      description = "that the publisher catches up with")
  private int events;

  @Option(names = "--sagas", defaultValue = "1000", description = "in flight at once")
  private int sagas;

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient();
        var log = new Log(bench.eventStore())) {
      bench.printMachine();
      var service =
          new Service(
              http,
              URI.create("http://" + bench.commands() + "/q/metrics"),
              bench.pid("command-service"),
              bench.pid("query-service"));
      List<ProductId> products = products(bench.staff(http));
      Duration length = Duration.ofSeconds(seconds);
      say("command round trips");
      new CommandRoundTrips(log, products.subList(1, products.size()), length, service)
          .run(bench.commands(), bench.adminToken())
          .print(out);
      service.await("publisher", lag -> lag < 100);
      say("loads of streams");
      new StreamLoads(log).run().print(out);
      service.await("publisher", lag -> lag < 100);
      say("append to Kafka");
      try (var _ = service.undisturbed()) {
        var _ = new KafkaArrivals(log, bench.kafka()).run(length.dividedBy(3));
        new KafkaArrivals(log, bench.kafka()).run(length).print(out);
      }
      say("saga runner with " + sagas + " sagas");
      new SagaCatchUp(log, service).run(sagas, products.getFirst()).print(out);
      service.await("publisher", lag -> lag < 100);
      say("publisher with " + events + " events; they are appended first");
      new PublisherCatchUp(log, service).run(events).print(out);
      return 0;
    }
  }

  private static List<ProductId> products(KirokuClient staff) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    String category = staff.createCategory("Bench " + run);
    return IntStream.range(0, PRODUCTS)
        .mapToObj(i -> ProductId.of(staff.createProduct("Bench " + run + " " + i, 2_000, category)))
        .toList();
  }

  private void say(String what) {
    out.println("… " + what);
  }
}
