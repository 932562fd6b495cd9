package io.kiroku.bench.readside;

import io.kiroku.bench.AdminCalls;
import io.kiroku.bench.Bench;
import io.kiroku.bench.Log;
import io.kiroku.bench.Report;
import io.kiroku.bench.Service;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// Measures read models and queries of a platform that is otherwise idle: command-service stands
/// still meanwhile.
@Command(
    name = "read-side",
    mixinStandardHelpOptions = true,
    description = {
      "Measures how fast read models are built from a log, how soon they show an event, and how",
      "fast they answer. What it writes stays in the log: use a data folder of its own."
    })
public final class ReadSide implements Callable<Integer> {
  @ParentCommand private Bench bench = new Bench();

  @Option(names = "--seconds", defaultValue = "15", description = "length of each measurement")
  private int seconds;

  @Option(
      names = "--events",
      defaultValue = "1000000",
      description = "in the log; a tenth as many orders")
  private int events;

  @Option(
      names = "--only",
      split = ",",
      defaultValue = "ENGINE,CATCH_UP,QUERIES,WATCHES,VISIBILITY",
      description = "what to measure: ${COMPLETION-CANDIDATES} (default: all)")
  private Set<Measurement> only = EnumSet.allOf(Measurement.class);

  private final Report report = new Report();

  enum Measurement {
    ENGINE,
    CATCH_UP,
    QUERIES,
    WATCHES,
    VISIBILITY
  }

  @Override
  public Integer call() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient();
        var queries = bench.queryCalls();
        var log = new Log(bench.eventStore())) {
      report.machine(Bench.SHARERS);
      if (only.contains(Measurement.ENGINE)) {
        report.table("the projection engine alone", () -> new EngineCeiling(log).run(events));
      }
      Service service = bench.service(http);
      try (var _ = service.paused()) {
        measure(log, queries, service);
      }
    }
    return 0;
  }

  private void measure(Log log, AdminCalls queries, Service service) throws Exception {
    Duration length = Duration.ofSeconds(seconds);
    if (only.contains(Measurement.CATCH_UP) || only.contains(Measurement.QUERIES)) {
      AutoCloseable readers = service.undisturbed();
      report.say("filling the log");
      Filling filling = Filling.of(log, events);
      report.table(
          "read models",
          () ->
              new CatchUp(queries, bench.pid("query-service"))
                  .run(filling.events(), log.head(), readers));
      if (only.contains(Measurement.QUERIES)) {
        int orders = filling.orders().size();
        report.table(
            "queries", () -> new AnswerTimes(queries, orders, length).run(filling.orders(), log));
      }
    }
    if (only.contains(Measurement.WATCHES)) {
      try (var connection = bench.queryCalls()) {
        report.table(
            "silent watches",
            () -> new SilentWatches(connection, bench.pid("query-service")).run());
      }
    }
    if (only.contains(Measurement.VISIBILITY)) {
      report.table("visibility", () -> new VisibleEvents(queries, log).run(length));
    }
  }
}
