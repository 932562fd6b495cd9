package io.kiroku.projection.mongo;

import static com.mongodb.client.model.Filters.in;

import io.kiroku.projection.Build;
import io.kiroku.projection.Contribution;
import io.kiroku.projection.rebuild.Sample;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/// Some documents of one collection beside those of another. The sample is taken by id, from random
/// places on, and the first ids are always in it.
final class SampledDocuments {
  private static final int PLACES = 25;
  private static final int PER_PLACE = 8;
  private static final int EXAMPLES_MOST = 10;

  private final Build build;
  private final ReactiveMongoCollection<Document> live;
  private final ReactiveMongoCollection<Document> next;
  private final List<String> examples = new ArrayList<>();
  private int compared;
  private int differing;

  SampledDocuments(
      Build build, ReactiveMongoCollection<Document> live, ReactiveMongoCollection<Document> next) {
    this.build = build;
    this.live = live;
    this.next = next;
  }

  Uni<Sample> compare() {
    return Multi.createFrom()
        .range(0, PLACES)
        .onItem()
        .transformToMultiAndConcatenate(place ->
            place == 0
                ? RandomPlace.from(live, "", PER_PLACE)
                : RandomPlace.in(live, RandomPlace.of(build), PER_PLACE))
        .collect()
        .asList()
        .map(SampledDocuments::byId)
        .flatMap(sample ->
            next.find(in("_id", sample.keySet()))
                .collect()
                .asList()
                .map(found -> compare(sample, byId(found))));
  }

  private static Map<String, Document> byId(List<Document> documents) {
    Map<String, Document> byId = new HashMap<>();
    documents.forEach(document -> byId.put(document.getString("_id"), document));
    return byId;
  }

  private Sample compare(Map<String, Document> sample, Map<String, Document> others) {
    sample.forEach((id, document) -> {
      Document other = others.get(id);
      if (other != null) {
        build.contributions().stream()
            .map(Contribution::field)
            .distinct()
            .forEach(field -> compare(id, field, document, other));
      }
    });
    return new Sample(compared, differing, examples);
  }

  /// What is at different revisions is on its way, and tells nothing.
  private void compare(String id, String field, Document document, Document other) {
    @Nullable Document one = document.get(field, Document.class);
    @Nullable Document two = other.get(field, Document.class);
    long revision = Documents.revision(one);
    if (revision < 0 || revision != Documents.revision(two)) {
      return;
    }
    compared++;
    if (!sameContent(one, two)) {
      differing++;
      if (examples.size() < EXAMPLES_MOST) {
        examples.add("%s %s@%d".formatted(id, field, revision));
      }
    }
  }

  /// How often they were mended does not matter.
  private static boolean sameContent(@Nullable Document one, @Nullable Document two) {
    return withoutMends(one).equals(withoutMends(two));
  }

  private static Document withoutMends(@Nullable Document part) {
    Document copy = part == null ? new Document() : new Document(part);
    copy.remove(Documents.MENDS);
    return copy;
  }
}
