package io.kiroku.query.running;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Contribution;
import io.kiroku.projection.Projection;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Documents that somebody has just asked for. What this instance applies is forgotten at once;
/// what another one applied is shown when an entry's time is over, or as soon as somebody brings a
/// consistency token that names it. `cache_gets_total{cache="documents"}` counts hits and misses.
@ApplicationScoped
public class DocumentCache {
  private final AsyncCache<Place, Stored> documents;

  private record Place(String collection, String key) {}

  @Inject
  DocumentCache(QueryConfig config, MeterRegistry meters) {
    this(config.cachedDocuments(), config.cacheTime());
    CaffeineCacheMetrics.monitor(meters, documents, "documents");
  }

  DocumentCache(int most, Duration time) {
    this.documents =
        Caffeine.newBuilder().maximumSize(most).expireAfterWrite(time).recordStats().buildAsync();
  }

  /// A document that is missing is looked for each time.
  ///
  /// @param look asks the database
  public Uni<Optional<Stored>> find(
      String collection, String key, Supplier<Uni<Optional<Stored>>> look) {
    return Uni.createFrom()
        .completionStage(() ->
            documents.get(
                new Place(collection, key),
                (_, _) -> look.get().map(found -> found.orElse(null)).subscribeAsCompletionStage()))
        .map(Optional::ofNullable);
  }

  /// To be called when a stream's event has changed the documents, and the change is durable.
  public void forget(Projection projection, StreamId stream) {
    each(projection, stream, (place, _) -> documents.asMap().remove(place));
  }

  /// To be called when the database shows a stream's revision, and before somebody asks who must
  /// see it. What is being looked up just now may be from before.
  public void refuseOlder(Projection projection, StreamId stream, long revision) {
    each(
        projection,
        stream,
        (place, part) -> {
          CompletableFuture<Stored> cached = documents.getIfPresent(place);
          if (cached != null && shown(cached, part) < revision) {
            documents.asMap().remove(place, cached);
          }
        });
  }

  private static void each(
      Projection projection, StreamId stream, BiConsumer<Place, Contribution<?, ?>> work) {
    String collection = MongoReadModelStore.collectionOf(projection);
    for (Contribution<?, ?> part : projection.contributions()) {
      if (part.category().equals(stream.category())) {
        work.accept(new Place(collection, part.key(stream)), part);
      }
    }
  }

  private static long shown(CompletableFuture<Stored> cached, Contribution<?, ?> part) {
    @Nullable Stored stored = cached.isCompletedExceptionally() ? null : cached.getNow(null);
    return stored == null ? -1 : stored.revision(part.field());
  }
}
