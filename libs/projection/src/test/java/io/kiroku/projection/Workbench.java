package io.kiroku.projection;

import static org.awaitility.Awaitility.await;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventFeeds;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.projection.engine.EventSources;
import io.kiroku.projection.engine.ProjectionRunner;
import io.kiroku.projection.engine.ReadModelStore;
import io.kiroku.projection.engine.RunnerOptions;
import io.kiroku.projection.mongo.MongoBuildStore;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.kiroku.projection.rebuild.BuildOptions;
import io.kiroku.projection.rebuild.ProjectionBuilds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// Everything one test needs: an event store, a database, and projections that run on them.
final class Workbench implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(10);

  final InMemoryEventStore events = new InMemoryEventStore();
  final MongoStandIn mongo;
  final Balances balances = new Balances();
  final RoughFeeds feeds = new RoughFeeds(events, 42);
  final MongoReadModelStore store;
  final MongoBuildStore buildStore;

  private final EventCodec<AccountEvent> codec =
      JsonEventCodec.of(Balances.TYPES, PersonKeys.NONE, Upcasters.NONE);
  private final Map<StreamId, Long> revisions = new ConcurrentHashMap<>();
  private final List<ProjectionRunner> runners = new ArrayList<>();
  private final List<ProjectionBuilds> instances = new ArrayList<>();

  Workbench() {
    this(Duration.ofMillis(300));
  }

  /// @param patience of the database's client
  Workbench(Duration patience) {
    mongo = new MongoStandIn(patience);
    store = mongo.store(balances);
    buildStore = new MongoBuildStore(mongo.database());
  }

  static StreamId account(int number) {
    return StreamId.of("account", "a" + number);
  }

  static StreamId bonus(int number) {
    return StreamId.of("bonus", "a" + number);
  }

  ProjectionRunner run() {
    return run(store, feeds, Duration.ofMillis(50));
  }

  ProjectionRunner run(ReadModelStore documents, EventFeeds from, Duration retry) {
    ProjectionRunner runner = runner(documents, from, retry);
    runner.start();
    return runner;
  }

  /// One that is not started.
  ProjectionRunner idle() {
    return runner(store, feeds, Duration.ofHours(1));
  }

  private ProjectionRunner runner(ReadModelStore documents, EventFeeds from, Duration retry) {
    var runner = runner(balances, documents, from, retry);
    runners.add(runner);
    return runner;
  }

  /// An instance that keeps all builds going.
  ProjectionBuilds builds(Duration lease) {
    var buildOptions = new BuildOptions(Duration.ofMillis(20), lease, Duration.ofSeconds(1));
    var builds =
        new ProjectionBuilds(
            balances,
            buildStore,
            events,
            events,
            buildOptions,
            build ->
                runner(
                    build,
                    mongo.store(build),
                    new RoughFeeds(events, build.number()),
                    Duration.ofHours(1)));
    instances.add(builds);
    builds.start();
    return builds;
  }

  private ProjectionRunner runner(
      Projection projection, ReadModelStore documents, EventFeeds from, Duration retry) {
    var options =
        new RunnerOptions(
            64,
            1000,
            Duration.ofMillis(20),
            List.of(retry, retry, retry),
            Duration.ofMillis(20),
            Duration.ofMillis(20),
            Duration.ofMillis(10),
            Duration.ofMillis(100));
    return new ProjectionRunner(
        projection, new EventSources(events, events, from), documents, options, (_, _) -> {});
  }

  /// The second of three events of `account(1)` cannot be applied.
  ProjectionRunner poison(Duration retry) {
    balances.poisonous = true;
    ProjectionRunner runner = run(store, feeds, retry);
    append(account(1), new AccountEvent.Credited(5));
    append(account(1), new AccountEvent.Noted("poison"));
    append(account(1), new AccountEvent.Credited(7));
    return runner;
  }

  void append(StreamId stream, AccountEvent event) {
    append(stream, codec.typeOf(event), codec.encode("default", event).await().atMost(SOON));
  }

  void appendUnknown(StreamId stream) {
    append(stream, "from-the-future.v9", "{}".getBytes(StandardCharsets.UTF_8));
  }

  private void append(StreamId stream, String type, byte[] data) {
    UUID id = UUID.randomUUID();
    var metadata = new EventMetadata(id, id, id, "hash", "actor", "default", null, null, null);
    long last = revisions.getOrDefault(stream, -1L);
    var appended =
        events
            .append(stream, last, List.of(new NewEvent(id, type, data, metadata)))
            .await()
            .atMost(SOON);
    revisions.put(stream, appended.revision());
  }

  long revision(StreamId stream) {
    return revisions.getOrDefault(stream, -1L);
  }

  /// The stream's part of its document; null if there is none.
  @Nullable Document stored(StreamId stream) {
    return stored(balances, stream);
  }

  /// As [#stored], in the documents of one build.
  @Nullable Document stored(Projection build, StreamId stream) {
    Document found =
        mongo
            .database()
            .getCollection(MongoReadModelStore.collectionOf(build))
            .find(new Document("_id", stream.id()))
            .collect()
            .first()
            .await()
            .atMost(SOON);
    return found == null ? null : found.get(stream.category(), Document.class);
  }

  boolean isShown(StreamId stream) {
    Document stored = stored(stream);
    return stored != null && stored.get("rev", Number.class).longValue() == revision(stream);
  }

  void awaitShown(StreamId... streams) {
    for (StreamId stream : streams) {
      await().atMost(SOON).ignoreExceptions().until(() -> isShown(stream));
    }
  }

  long sum(StreamId stream) {
    return sum(balances, stream);
  }

  long sum(Projection build, StreamId stream) {
    Document stored = stored(build, stream);
    return stored == null ? 0 : stored.get("sum", Number.class).longValue();
  }

  @Override
  public void close() {
    instances.forEach(ProjectionBuilds::close);
    runners.forEach(ProjectionRunner::close);
    mongo.close();
  }
}
