package io.kiroku.query.running;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Change;
import io.kiroku.projection.Index;
import io.kiroku.projection.SingleStreamProjection;
import io.kiroku.projection.mongo.MongoReadModelStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A cached document is never older than what its reader is owed.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DocumentCacheTest {
  private static final StreamId STREAM = StreamId.of("stock", "p");
  private static final Notes NOTES = new Notes();

  private final DocumentCache cache = new DocumentCache(10, Duration.ofMinutes(1));
  private int looks;
  private long revision = 3;

  @Test
  void a_document_is_looked_up_once() {
    assertThat(revisionFound()).isEqualTo(3);
    assertThat(revisionFound()).isEqualTo(3);
    assertThat(looks).isOne();
  }

  @Test
  void what_was_applied_here_is_shown_at_once() {
    assertThat(revisionFound()).isEqualTo(3);
    revision = 4;
    cache.forget(NOTES, STREAM);

    assertThat(revisionFound()).isEqualTo(4);
  }

  @Test
  void a_token_of_what_another_instance_applied_is_not_answered_from_memory() {
    assertThat(revisionFound()).isEqualTo(3);
    revision = 4;
    cache.refuseOlder(NOTES, STREAM, 4);

    assertThat(revisionFound()).isEqualTo(4);
  }

  @Test
  void a_token_of_what_is_in_memory_costs_no_look() {
    assertThat(revisionFound()).isEqualTo(3);
    cache.refuseOlder(NOTES, STREAM, 3);

    assertThat(revisionFound()).isEqualTo(3);
    assertThat(looks).isOne();
  }

  @Test
  void a_look_that_began_before_the_event_was_applied_is_not_remembered_nor_shared() {
    List<UniEmitter<? super Optional<Stored>>> slow = new ArrayList<>();
    CompletableFuture<Optional<Stored>> before =
        find(() -> Uni.createFrom().emitter(slow::add)).subscribeAsCompletionStage();
    revision = 4;
    cache.refuseOlder(NOTES, STREAM, 4);

    assertThat(revisionFound()).isEqualTo(4);
    slow.getFirst().complete(Optional.of(stored(3)));
    assertThat(before.join().orElseThrow().revision(Notes.FIELD)).isEqualTo(3);
    assertThat(revisionFound()).isEqualTo(4);
  }

  @Test
  void what_is_missing_is_looked_for_each_time() {
    assertThat(find(() -> Uni.createFrom().item(Optional.empty())).await().indefinitely())
        .isEmpty();

    assertThat(revisionFound()).isEqualTo(3);
  }

  @Test
  void a_database_that_was_away_is_asked_again() {
    CompletableFuture<Optional<Stored>> failed =
        find(() -> Uni.createFrom().failure(new IllegalStateException("away")))
            .subscribeAsCompletionStage();

    assertThat(failed).isCompletedExceptionally();
    assertThat(revisionFound()).isEqualTo(3);
  }

  private long revisionFound() {
    return find(
            () -> {
              looks++;
              return Uni.createFrom().item(Optional.of(stored(revision)));
            })
        .await()
        .indefinitely()
        .orElseThrow()
        .revision(Notes.FIELD);
  }

  private Uni<Optional<Stored>> find(Supplier<Uni<Optional<Stored>>> look) {
    return cache.find(MongoReadModelStore.collectionOf(NOTES), "p", look);
  }

  private static Stored stored(long revision) {
    return new Stored(new Document(Notes.FIELD, new Document("rev", revision)));
  }

  private record Note() {}

  private static final class Notes implements SingleStreamProjection<Note, Note> {
    private static final String FIELD = "note";

    @Override
    public String name() {
      return "notes";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public List<Index> indexes() {
      return List.of();
    }

    @Override
    public String field() {
      return FIELD;
    }

    @Override
    public String category() {
      return STREAM.category();
    }

    @Override
    public Class<Note> documentType() {
      return Note.class;
    }

    @Override
    public EventCodec<Note> codec() {
      throw new UnsupportedOperationException("nothing is read here");
    }

    @Override
    public Change<Note> apply(@Nullable Note note, Recorded<Note> recorded) {
      return Change.unchanged();
    }
  }
}
