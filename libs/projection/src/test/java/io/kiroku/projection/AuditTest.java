package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.AccountEvent.Closed;
import io.kiroku.projection.AccountEvent.Credited;
import io.kiroku.projection.engine.AuditProgress;
import io.kiroku.projection.engine.Difference;
import io.kiroku.projection.engine.Difference.Kind;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Somebody writes into the documents by hand, and it comes out.
class AuditTest {
  private static final int ACCOUNTS = 20;

  private final Workbench bench = new Workbench();

  @AfterEach
  void close() {
    bench.close();
  }

  private static <T extends @Nullable Object> T now(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }

  private ProjectionRunner filled() {
    ProjectionRunner runner = bench.run();
    for (int i = 0; i < 5 * ACCOUNTS; i++) {
      bench.append(account(i % ACCOUNTS), new Credited(1));
    }
    bench.append(account(0), new Closed());
    for (int i = 0; i < ACCOUNTS; i++) {
      bench.awaitShown(account(i));
    }
    awaitWatermark();
    return runner;
  }

  private void awaitWatermark() {
    long head = now(bench.events.head());
    await().atMost(SOON).until(() -> now(bench.store.watermark()) == head);
  }

  private void update(StreamId stream, Document update) {
    var _ =
        now(
            bench
                .mongo
                .database()
                .getCollection(MongoReadModelStore.collectionOf(bench.balances))
                .updateOne(new Document("_id", stream.id()), update));
  }

  private static AuditProgress everything(ProjectionRunner runner) {
    return runner.auditor().everything().collect().asList().await().atMost(SOON).getLast();
  }

  @Test
  void what_is_right_is_found_right() {
    ProjectionRunner runner = filled();
    AuditProgress end = everything(runner);
    assertThat(end.done()).isTrue();
    assertThat(end.streams()).isEqualTo(ACCOUNTS);
    assertThat(end.differing()).isZero();
    assertThat(runner.auditor().audited()).isEqualTo(ACCOUNTS);
  }

  @Test
  void a_changed_a_lost_and_a_resurrected_document_are_found_and_mended() {
    ProjectionRunner runner = filled();
    update(account(0), new Document("$set", new Document("account.deleted", false)));
    update(account(3), new Document("$set", new Document("account.sum", 99L)));
    update(account(4), new Document("$unset", new Document("account", "")));
    assertThat(everything(runner).differing()).isEqualTo(3);
    assertThat(runner.auditor().differences())
        .extracting(Difference::stream, Difference::kind)
        .containsExactly(
            tuple(account(0), Kind.CONTENT),
            tuple(account(3), Kind.CONTENT),
            tuple(account(4), Kind.MISSING_EVENTS));
    for (int number : List.of(0, 3, 4)) {
      assertThat(now(runner.auditor().mend(account(number)))).isNull();
    }
    assertThat(everything(runner).differing()).isZero();
    assertThat(runner.auditor().differences()).isEmpty();
    assertThat(bench.sum(account(3))).isEqualTo(5);
    assertThat(bench.sum(account(4))).isEqualTo(5);
    bench.append(account(3), new Credited(1));
    bench.awaitShown(account(3));
    assertThat(bench.sum(account(3))).isEqualTo(6);
  }

  @Test
  void a_replica_that_remembers_the_wrong_document_cannot_bring_it_back() {
    filled().close();
    update(account(3), new Document("$set", new Document("account.sum", 95L)));
    ProjectionRunner remembers = bench.run();
    bench.append(account(3), new Credited(1));
    bench.awaitShown(account(3));
    assertThat(bench.sum(account(3))).as("it went on from what is wrong").isEqualTo(96);

    ProjectionRunner operators = bench.idle();
    assertThat(now(operators.auditor().mend(account(3)))).isNull();
    assertThat(bench.sum(account(3))).isEqualTo(6);
    bench.append(account(3), new Credited(1));
    bench.awaitShown(account(3));
    assertThat(bench.sum(account(3))).isEqualTo(7);
    assertThat(remembers.status().counters().overtaken()).isPositive();
  }

  @Test
  void samples_one_after_the_other_find_what_is_wrong_wherever_it_is() {
    ProjectionRunner runner = filled();
    update(account(7), new Document("$set", new Document("account.note", "forged")));
    int most = 3;
    // One more where the documents end, and one more where it began in the middle.
    for (int samples = ACCOUNTS / most + 2; samples > 0; samples--) {
      assertThat(now(runner.auditor().sample(most))).isPositive();
    }
    assertThat(runner.auditor().differences().getFirst().stream()).isEqualTo(account(7));
  }
}
