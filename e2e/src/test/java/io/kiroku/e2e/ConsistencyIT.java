package io.kiroku.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.client.PlacedOrder;
import io.kiroku.launcher.platform.Port;
import io.kiroku.launcher.platform.ServiceChannel;
import io.kiroku.proto.projection.v1.RebuildAdminGrpc;
import io.kiroku.proto.projection.v1.RebuildRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Writers who read what they wrote, under orders, while the read model is rebuilt and the service
/// that serves it is killed. `-Dkiroku.consistency.pairs=10000` for many.
@ExtendWith(RunningPlatform.Extension.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConsistencyIT {
  private static final int PAIRS = Integer.getInteger("kiroku.consistency.pairs", 960);
  private static final int WRITERS = 16;
  private static final int ORDERS = 60;

  private final RunningPlatform platform;

  ConsistencyIT(RunningPlatform platform) {
    this.platform = platform;
  }

  @BeforeEach
  @AfterEach
  void heal() {
    platform.heal();
  }

  @Test
  void who_brings_a_token_never_reads_what_was_before_he_wrote() throws Exception {
    var shop = TestShop.withPieces(platform.staff(), 10_000);
    try (var commands = new ServiceChannel(platform.parts(), Port.COMMAND_SERVICE);
        var queries = new ServiceChannel(platform.parts(), Port.QUERY_SERVICE);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        var crowd = new Crowd(platform, shop)) {
      List<ReadYourWrites> writers =
          IntStream.range(0, WRITERS)
              .mapToObj(_ ->
                  new ReadYourWrites(
                      TestShop.withPieces(platform.staff(), 1).product(), commands, queries))
              .toList();
      List<Future<PlacedOrder>> orders = crowd.place(ORDERS);

      runAll(threads, writers);
      Future<?> rebuilding = threads.submit(() -> rebuild(queries));
      runAll(threads, writers);
      rebuilding.get();
      List<Future<?>> last = begin(threads, writers);
      platform.parts().kill("query-service");
      platform.parts().start("query-service");
      join(last);

      join(orders);
      System.out.printf(
          "%,d pairs: %d stale with the token, %d of as many without; %d were told to ask again%n",
          WRITERS * perRound() * 3,
          writers.stream().mapToInt(ReadYourWrites::staleWithToken).sum(),
          writers.stream().mapToInt(ReadYourWrites::staleWithout).sum(),
          writers.stream().mapToInt(ReadYourWrites::askedAgain).sum());
      assertThat(writers).allSatisfy(writer -> assertThat(writer.staleWithToken()).isZero());
    }
  }

  private static int perRound() {
    return Math.ceilDiv(PAIRS, WRITERS * 3);
  }

  private static void rebuild(ServiceChannel queries) {
    queries
        .asOperator(RebuildAdminGrpc::newBlockingStub)
        .rebuild(RebuildRequest.newBuilder().setProjection("stock").build())
        .forEachRemaining(_ -> {});
  }

  private static void runAll(ExecutorService threads, List<ReadYourWrites> writers)
      throws ExecutionException, InterruptedException {
    join(begin(threads, writers));
  }

  private static List<Future<?>> begin(ExecutorService threads, List<ReadYourWrites> writers) {
    List<Future<?>> begun = new ArrayList<>();
    writers.forEach(writer -> begun.add(threads.submit(() -> writer.run(perRound()))));
    return begun;
  }

  private static void join(List<? extends Future<?>> begun)
      throws ExecutionException, InterruptedException {
    for (Future<?> each : begun) {
      var _ = each.get();
    }
  }
}
