package io.kiroku.bench.node;

import io.kiroku.bench.Report;
import io.kiroku.bench.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Appends of one event of 200 bytes with expected revision, beside raw inserts into the same
/// server, in turns so that a machine that gets slower meets both; and without a database, which
/// leaves the gRPC path.
record Appends(NodeProgram program, Duration length, Duration warmUp, Report report) {
  /// The most first: compilers are not done with either side for a minute, and then few clients
  /// would wait for them longest.
  private static final List<Integer> CLIENTS = List.of(64, 16, 4, 1);

  private static final int MANY = 16;
  private static final int ROUNDS = 2;

  /// A log on the heap needs room for what is appended meanwhile.
  private static final String MEMORY_STORAGE_HEAP = "4g";

  private record Shape(int clients, int connections) {
    @Override
    public String toString() {
      return clients + "/" + connections;
    }
  }

  void onPostgres(BenchDatabases databases, RawInserts raw) throws Exception {
    var rates =
        new Table(
            "Append of 200 bytes with expected revision, PostgreSQL with fsync, beside raw inserts by "
                + raw.name(),
            "clients/connections",
            "inserts/s",
            "p50 ms",
            "p99 ms",
            "appends/s",
            "p50 ms",
            "p99 ms",
            "ratio");
    var costs =
        new Table(
            "Processor time of these, µs for each",
            "clients/connections",
            "insert: PostgreSQL",
            "insert: client",
            "append: node",
            "append: PostgreSQL",
            "append: client");
    List<Long> server = List.of(databases.pid());
    try (NodeProcess node = program.startOn(databases.create("appends"))) {
      warmUp(node);
      for (Shape shape : shapes()) {
        report.say("%s clients/connections, and as many raw inserts".formatted(shape));
        List<Measured> inserts = new ArrayList<>();
        List<Measured> appends = new ArrayList<>();
        try (NodeChannels channels = new NodeChannels(node, shape.connections)) {
          for (int round = 0; round < ROUNDS; round++) {
            databases.checkpoint();
            inserts.add(Measured.of(() -> raw.run(shape.clients, turn()), node, server));
            databases.checkpoint();
            appends.add(Measured.of(() -> append(channels, shape, turn()), node, server));
          }
        }
        rows(rates, costs, shape, Measured.mean(inserts), Measured.mean(appends));
      }
    }
    report.table(rates);
    report.table(costs);
  }

  private static void rows(
      Table rates, Table costs, Shape shape, Measured insert, Measured append) {
    rates.row(
        shape,
        insert.perSecond(),
        insert.millisAt(0.5),
        insert.millisAt(0.99),
        append.perSecond(),
        append.millisAt(0.5),
        append.millisAt(0.99),
        "%.0f %%".formatted(100 * append.rate().perSecond() / insert.rate().perSecond()));
    costs.row(
        shape,
        insert.micros(insert.cost().databaseMillis()),
        insert.micros(insert.cost().clientMillis()),
        append.micros(append.cost().nodeMillis()),
        append.micros(append.cost().databaseMillis()),
        append.micros(append.cost().clientMillis()));
  }

  void inMemory() throws Exception {
    var table =
        new Table(
            "The same without a database (memory storage): the gRPC path",
            "clients/connections",
            "appends/s",
            "p50 ms",
            "p99 ms",
            "node µs",
            "client µs");
    try (NodeProcess node = program.withHeap(MEMORY_STORAGE_HEAP).start()) {
      warmUp(node);
      for (Shape shape : shapes()) {
        report.say("%s clients/connections, memory storage".formatted(shape));
        try (NodeChannels channels = new NodeChannels(node, shape.connections)) {
          Measured append = Measured.of(() -> append(channels, shape, length), node, List.of());
          table.row(
              shape,
              append.perSecond(),
              append.millisAt(0.5),
              append.millisAt(0.99),
              append.micros(append.cost().nodeMillis()),
              append.micros(append.cost().clientMillis()));
        }
      }
    }
    report.table(table);
  }

  /// One connection for all, as one client object of the official library has it; for many also one
  /// each.
  private static List<Shape> shapes() {
    List<Shape> shapes = new ArrayList<>();
    for (int clients : CLIENTS) {
      shapes.add(new Shape(clients, 1));
      if (clients >= MANY) {
        shapes.add(new Shape(clients, clients));
      }
    }
    return shapes;
  }

  private static Rate append(NodeChannels channels, Shape shape, Duration length) {
    return AppendLoad.oneByOne(channels, shape.clients, length);
  }

  private void warmUp(NodeProcess node) {
    report.say("warming up");
    try (NodeChannels channels = new NodeChannels(node, 1)) {
      var _ = AppendLoad.oneByOne(channels, CLIENTS.getFirst(), warmUp);
    }
  }

  private Duration turn() {
    return length.dividedBy(ROUNDS);
  }
}
