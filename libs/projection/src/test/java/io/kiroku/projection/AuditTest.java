package io.kiroku.projection;

import static io.kiroku.projection.Workbench.SOON;
import static io.kiroku.projection.Workbench.account;
import static java.util.Objects.requireNonNull;
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
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
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
    var _ = now(documents().updateOne(new Document("_id", stream.id()), update));
  }

  private ReactiveMongoCollection<Document> documents() {
    return bench.mongo.database().getCollection(MongoReadModelStore.collectionOf(bench.balances));
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
  void a_document_ahead_of_its_stream_is_found_and_taken_back_to_what_the_log_says() {
    ProjectionRunner runner = filled();
    update(account(3), new Document("$set", new Document("account.rev", 9L)));
    assertThat(everything(runner).differing()).isEqualTo(1);
    assertThat(runner.auditor().differences())
        .containsExactly(
            new Difference(account(3), 9, Kind.AHEAD_OF_LOG, "the stream ends with revision 4"));
    assertThat(now(runner.auditor().mend(account(3)))).isNull();
    assertThat(everything(runner).differing()).isZero();
    bench.append(account(3), new Credited(1));
    bench.awaitShown(account(3));
    assertThat(bench.sum(account(3))).isEqualTo(6);
  }

  @Test
  void a_document_that_no_stream_has_made_is_found_and_emptied_and_its_stream_may_begin_later() {
    ProjectionRunner runner = filled();
    insert(account(77), new Document("rev", 2L).append("sum", 700L).append("events", 3));
    AuditProgress found = everything(runner);
    assertThat(found.differing()).isEqualTo(1);
    assertThat(found.documents()).isEqualTo(ACCOUNTS + 1);
    assertThat(runner.auditor().differences())
        .containsExactly(
            new Difference(account(77), 2, Kind.AHEAD_OF_LOG, "there is no such stream"));
    assertThat(now(runner.auditor().mend(account(77)))).isNull();
    assertThat(everything(runner).differing()).isZero();
    assertThat(requireNonNull(bench.stored(account(77)))).doesNotContainKey("sum");
    bench.append(account(77), new Credited(1));
    bench.append(account(77), new Credited(2));
    bench.awaitShown(account(77));
    assertThat(bench.sum(account(77))).isEqualTo(3);
    assertThat(runner.status().counters().parked()).isZero();
  }

  @Test
  void more_documents_than_one_page_are_looked_through_to_the_last() {
    ProjectionRunner runner = filled();
    for (int i = 100; i < 700; i++) {
      insert(account(i), new Document("rev", -1L).append("deleted", true).append("mends", 1));
    }
    insert(StreamId.of("account", "zzz"), new Document("rev", 0L));
    AuditProgress found = everything(runner);
    assertThat(found.documents()).isEqualTo(ACCOUNTS + 601);
    assertThat(runner.auditor().differences())
        .extracting(difference -> difference.stream().id())
        .containsExactly("zzz");
  }

  @Test
  void an_audit_of_an_empty_log_still_looks_at_the_documents() {
    insert(account(1), new Document("rev", 0L));
    AuditProgress found = everything(bench.idle());
    assertThat(found.done()).isTrue();
    assertThat(found.differing()).isEqualTo(1);
  }

  private void insert(StreamId stream, Document part) {
    var document = new Document("_id", stream.id()).append(stream.category(), part);
    var _ = now(documents().insertOne(document));
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
