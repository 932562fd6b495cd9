package io.kiroku.bench.node;

import io.kiroku.bench.Table;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the system projections add to an append, in turns with a node without them. Linking goes on
/// behind the appends: it is waited for, and counts.
record ProjectionCost(
    NodeProgram program, BenchDatabases databases, Duration length, Duration warmUp) {
  private static final int CLIENTS = 16;
  private static final int ROUNDS = 2;
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final String BEHIND =
      "SELECT (SELECT min(next) FROM link_projection) <= (SELECT max(position) FROM log_record)";

  Table run() throws Exception {
    List<Measured> without = new ArrayList<>();
    List<Measured> with = new ArrayList<>();
    String plain = databases.create("unlinked");
    String linked = databases.create("linked");
    List<Long> server = List.of(databases.pid());
    try (NodeProcess off = program.startOn(plain);
        NodeProcess on = program.start("--storage", linked, "--standard-projections", "true")) {
      var _ = appends(off, plain, warmUp);
      var _ = appends(on, linked, warmUp);
      Duration turn = length.dividedBy(ROUNDS);
      for (int round = 0; round < ROUNDS; round++) {
        without.add(Measured.of(() -> appends(off, plain, turn), off, server));
        with.add(Measured.of(() -> appends(on, linked, turn), on, server));
      }
    }
    var table =
        new Table(
            "System projections, %d clients".formatted(CLIENTS),
            "projections",
            "appends/s",
            "p99 ms",
            "node µs",
            "PostgreSQL µs");
    row(table, "disabled", Measured.mean(without));
    row(table, "enabled", Measured.mean(with));
    return table;
  }

  private static void row(Table table, String name, Measured appends) {
    table.row(
        name,
        appends.perSecond(),
        appends.millisAt(0.99),
        appends.micros(appends.cost().nodeMillis()),
        appends.micros(appends.cost().databaseMillis()));
  }

  private static Rate appends(NodeProcess node, String database, Duration length)
      throws SQLException, InterruptedException {
    Rate rate;
    try (NodeChannels channels = new NodeChannels(node, 1)) {
      rate = AppendLoad.oneByOne(channels, CLIENTS, length);
    }
    try (var connection = DriverManager.getConnection(database);
        var behind = connection.prepareStatement(BEHIND)) {
      while (holds(behind)) {
        Thread.sleep(LOOK); // asking costs the server time that is measured
      }
    }
    return rate;
  }

  /// Without projections the answer is NULL, which is no.
  private static boolean holds(PreparedStatement question) throws SQLException {
    try (var rows = question.executeQuery()) {
      rows.next();
      return rows.getBoolean(1);
    }
  }
}
