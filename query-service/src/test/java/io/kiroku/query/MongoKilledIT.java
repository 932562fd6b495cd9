package io.kiroku.query;

import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.FlowAdapters;

/// The database is killed and started again, under load, in the middle of a rebuild and while
/// parked streams are tried again. It has forgotten its last moment each time; the service, which
/// was never restarted, shows in the end what the log says.
class MongoKilledIT {
  private static final Duration WAIT = Duration.ofMinutes(2);
  private static final int CHANGES_BEFORE = 50;

  private final Watermarks watermarks = new Watermarks();

  @Test
  void trap_28_a_database_that_is_killed_again_and_again_costs_no_restart_and_no_event(
      @TempDir Path folder) throws Exception {
    try (MongoProcess mongo = new MongoProcess(folder);
        Surroundings around = new Surroundings(mongo.url())) {
      ShopLoad load = new ShopLoad(around.commands());
      load.changePrices(CHANGES_BEFORE);
      try (ServiceProcess service = around.startService()) {
        Operator operator = new Operator(service.channel(), around.keys(), ShopLoad.PROJECTION);
        operator.awaitFollowing();
        FreshReads reads = new FreshReads(around.commands(), service.channel(), around.keys());
        try (reads;
            var _ = load.start()) {
          killUnder(mongo, operator, Operator::awaitProgress);
          killUnder(mongo, operator, Operator::beginRebuild);
          operator.awaitRebuilt(2);
          operator.awaitParked(ShopLoad.BROKEN);
          killUnder(mongo, operator, Operator::beginRetries);
          operator.awaitParked(ShopLoad.BROKEN);
        }
        load.awaitShown(service.channel(), around.keys(), WAIT);
        operator.skip(load.broken(), 1);
        watermarks.note(operator.awaitFollowing());
        load.verify(operator, reads.created());
      }
    }
  }

  /// What was seen before is on disk, what came since may be lost.
  private void killUnder(MongoProcess mongo, Operator operator, Consumer<Operator> before)
      throws IOException {
    watermarks.note(operator.awaitFollowing());
    save(mongo);
    before.accept(operator);
    mongo.kill();
    operator.awaitWaiting();
    mongo.startAgain();
    watermarks.note(operator.awaitFollowing());
  }

  /// A journaled write is answered when everything before it is on disk, too.
  private static void save(MongoProcess mongo) {
    try (MongoClient client = MongoClients.create(mongo.url())) {
      var probes =
          client
              .getDatabase("probe")
              .getCollection("probes")
              .withWriteConcern(WriteConcern.JOURNALED);
      var _ =
          Uni.createFrom()
              .publisher(FlowAdapters.toFlowPublisher(probes.insertOne(new Document())))
              .await()
              .atMost(WAIT);
    }
  }
}
