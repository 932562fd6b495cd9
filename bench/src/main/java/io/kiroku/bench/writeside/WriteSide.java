package io.kiroku.bench.writeside;

import io.kiroku.bench.Bench;
import io.kiroku.bench.Log;
import io.kiroku.bench.Report;
import io.kiroku.bench.Service;
import io.kiroku.bench.Table;
import io.kiroku.client.KirokuClient;
import io.kiroku.shared.ProductId;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
      description = "that the publisher catches up with, twice")
  private int events;

  @Option(names = "--sagas", defaultValue = "1000", description = "in flight at once")
  private int sagas;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "COMMANDS,LOADS,KAFKA,SAGAS,PUBLISHER",
      description = "what to measure: ${COMPLETION-CANDIDATES} (default: all)")
  private Set<Measurement> only = EnumSet.allOf(Measurement.class);

  private final Report report = new Report();

  enum Measurement {
    COMMANDS,
    LOADS,
    KAFKA,
    SAGAS,
    PUBLISHER
  }

  @Override
  public Integer call() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient();
        var log = new Log(bench.eventStore())) {
      report.machine(Bench.SHARERS);
      Service service = bench.service(http);
      List<ProductId> products = products(bench.staff(http));
      for (Measurement measurement : EnumSet.copyOf(only)) {
        report.table(
            measurement.name().toLowerCase(Locale.ROOT),
            () -> table(measurement, log, service, products));
        service.await("publisher", lag -> lag < 100);
      }
      return 0;
    }
  }

  private Table table(Measurement measurement, Log log, Service service, List<ProductId> products)
      throws InterruptedException {
    Duration length = Duration.ofSeconds(seconds);
    return switch (measurement) {
      case COMMANDS ->
          new CommandRoundTrips(log, products.subList(1, products.size()), length, service)
              .run(bench.commands(), bench.adminToken());
      case LOADS -> new StreamLoads(log).run();
      case KAFKA -> {
        try (var _ = service.undisturbed()) {
          var _ = new KafkaArrivals(log, bench.kafka()).run(length.dividedBy(3));
          yield new KafkaArrivals(log, bench.kafka()).run(length);
        }
      }
      case SAGAS -> new SagaCatchUp(log, service).run(sagas, products.getFirst());
      case PUBLISHER -> new PublisherCatchUp(log, service).run(events);
    };
  }

  private static List<ProductId> products(KirokuClient staff) {
    String run = UUID.randomUUID().toString().substring(0, 8);
    String category = staff.createCategory("Bench " + run);
    return IntStream.range(0, PRODUCTS)
        .mapToObj(i -> ProductId.of(staff.createProduct("Bench " + run + " " + i, 2_000, category)))
        .toList();
  }
}
