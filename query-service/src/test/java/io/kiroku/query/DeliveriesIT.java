package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Contribution;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.AuditProgress;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.projection.engine.Progress;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.RunnerOptions;
import io.kiroku.projection.mongo.Absences;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.kiroku.query.ShopStories.Happened;
import io.quarkus.arc.All;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/// Every projection of this service, from a log of the test's own into documents of the test's own.
@QuarkusTest
@NullUnmarked // Quarkus sets the fields.
@QuarkusTestResource(RealParts.class)
class DeliveriesIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int ORDERS = 40;
  private static final int PRODUCTS = 20;

  @Inject @All List<Projection> projections;
  @Inject ReactiveMongoClient mongo;

  private final InMemoryEventStore events = new InMemoryEventStore();
  private final Map<StreamId, Long> revisions = new HashMap<>();

  @Test
  void trap_19_every_projection_is_what_the_log_says_whatever_comes_thrice_and_too_late() {
    long seed = ThreadLocalRandom.current().nextLong();
    System.out.println("deliveries at random of seed " + seed);
    List<Happened> story = ShopStories.of(new Random(seed), ORDERS, PRODUCTS);
    List<Run> runs = projections.stream().map(projection -> run(projection, seed)).toList();
    try {
      story.forEach(this::append);
      runs.forEach(run -> verify(run, seed));
    } finally {
      runs.forEach(run -> run.runner.close());
    }
  }

  private record Run(Projection projection, ThriceAndLate feeds, ProjectionRunner runner) {}

  private Run run(Projection projection, long seed) {
    var feeds = new ThriceAndLate(events, new Random(seed));
    var store =
        new MongoReadModelStore(mongo.getDatabase("deliveries"), projection, new Absences());
    var runner =
        new ProjectionRunner(
            projection,
            new EventSources(events, events, feeds),
            store,
            RunnerOptions.DEFAULTS,
            (_, _) -> {});
    runner.start();
    return new Run(projection, feeds, runner);
  }

  private void verify(Run run, long seed) {
    String what = run.projection.id() + ", seed " + seed;
    List<StreamId> streams = streams(run.projection);
    assertThat(streams).as(what).isNotEmpty();
    for (StreamId stream : streams) {
      assertThat(now(run.runner.await(stream, revisions.get(stream), SOON)))
          .as("%s of %s", stream, what)
          .isInstanceOf(Progress.Shown.class);
    }
    AuditProgress audit = now(run.runner.auditor().everything().collect().last());
    assertThat(run.runner.auditor().differences()).as(what).isEmpty();
    assertThat(audit.streams()).as(what).isEqualTo(streams.size());
    assertThat(run.feeds.repeated()).as(what).isPositive();
    assertThat(run.feeds.late()).as(what).isPositive();
  }

  private List<StreamId> streams(Projection projection) {
    Set<String> categories =
        projection.contributions().stream().map(Contribution::category).collect(Collectors.toSet());
    return revisions.keySet().stream()
        .filter(stream -> categories.contains(stream.category()))
        .toList();
  }

  private void append(Happened happened) {
    UUID id = UUID.randomUUID();
    var metadata = new EventMetadata(id, id, id, "hash", "mika", "acme", null, null, null);
    var codec = CommandSide.codecOf(happened.stream());
    byte[] data = now(codec.encode("acme", happened.event()));
    var event = new NewEvent(id, codec.typeOf(happened.event()), data, metadata);
    long last = revisions.getOrDefault(happened.stream(), -1L);
    revisions.put(
        happened.stream(), now(events.append(happened.stream(), last, List.of(event))).revision());
  }

  private static <T> T now(Uni<T> uni) {
    return uni.await().atMost(SOON);
  }
}
