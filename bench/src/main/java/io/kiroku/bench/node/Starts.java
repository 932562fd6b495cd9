package io.kiroku.bench.node;

import io.kiroku.bench.Samples;
import io.kiroku.bench.Table;
import java.io.IOException;

/// How long it takes from starting the process to the first answer, with a full log.
record Starts(NodeProgram program, String database) {
  private static final int ROUNDS = 5;

  Table run(int events) throws IOException {
    var listening = new Samples();
    var answered = new Samples();
    for (int round = 0; round < ROUNDS; round++) {
      try (NodeProcess node = program.startOn(database)) {
        listening.add(node.age().toNanos());
        var reader = new Reader(1);
        try (NodeChannels channels = new NodeChannels(node, 1)) {
          channels.streams(0).read(ReadRequests.stream(Filling.LONG_STREAM), reader);
          reader.read().join();
          answered.add(node.age().toNanos());
        }
      }
    }
    var table = new Table("Start (ms from the process' start)", "until", "events", "median", "max");
    row(table, "it says that it listens", events, listening);
    row(table, "a read is answered", events, answered);
    return table;
  }

  private static void row(Table table, String until, int events, Samples samples) {
    table.row(until, "%,d".formatted(events), samples.millisAt(0.5), samples.millisAt(1));
  }
}
