package io.kiroku.query.history;

import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.projection.Projection;
import io.kiroku.projection.engine.Held;
import io.kiroku.projection.engine.History;
import io.kiroku.projection.engine.HistoryEntry;
import io.kiroku.projection.engine.Slot;
import io.kiroku.projection.mongo.Documents;
import io.kiroku.query.running.Projections;
import io.kiroku.query.running.Stored;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bson.Document;

/// Documents of projections as they were, passing over what the live build passes over. A document
/// has a stream of its own, the one of the first contribution that it has, and belongs to the
/// tenant of that stream's first event: for anybody else there is nothing.
///
/// Fails with [EventNotApplicable], [EventStoreUnavailable], or [ReadModelUnavailable] until it is
/// known which build is live.
@ApplicationScoped
public class Past {
  private final Projections projections;

  Past(Projections projections) {
    this.projections = projections;
  }

  /// As the read model stored it, or would have. Empty if its own stream had not begun, or has no
  /// such revision; other streams are then seen as they were when that revision was recorded.
  public Uni<Optional<Stored>> document(
      String tenant, Projection projection, String key, Moment moment) {
    History history = history(projection);
    List<Slot> parts = parts(projection, key);
    StreamId own = parts.getFirst().stream();
    return ifOf(tenant, history, own, () -> document(history, parts, moment));
  }

  /// As it was after the first event of its own stream, and without what others tell.
  public Uni<Optional<Stored>> beginning(String tenant, Projection projection, String key) {
    History history = history(projection);
    Slot own = parts(projection, key).getFirst();
    return ifOf(
        tenant,
        history,
        own.stream(),
        () ->
            history
                .after(own.stream(), 1)
                .map(held -> Optional.of(stored(List.of(own), List.of(held)))));
  }

  /// What the events of one stream did, one more than the page holds if there are more.
  ///
  /// @param shown what of it is told
  public Uni<Optional<List<HistoryEntry>>> events(
      HistoryQuery query,
      Projection projection,
      StreamId stream,
      UnaryOperator<Multi<HistoryEntry>> shown) {
    History history = history(projection);
    return ifOf(
        query.tenant(),
        history,
        stream,
        () ->
            shown
                .apply(history.from(stream, query.fromRevision()))
                .select()
                .first(query.pageSize() + 1L)
                .collect()
                .asList()
                .map(Optional::of));
  }

  private History history(Projection projection) {
    return projections.live(projection).history();
  }

  private static List<Slot> parts(Projection projection, String key) {
    return projection.contributions().stream()
        .flatMap(part -> part.stream(key).map(stream -> new Slot(stream, part)).stream())
        .toList();
  }

  private static <T> Uni<Optional<T>> ifOf(
      String tenant, History history, StreamId stream, Supplier<Uni<Optional<T>>> told) {
    return history
        .event(stream, 0)
        .map(first -> first.filter(event -> event.metadata().tenant().equals(tenant)))
        .flatMap(
            first -> first.isPresent() ? told.get() : Uni.createFrom().item(Optional.<T>empty()));
  }

  private static Uni<Optional<Stored>> document(History history, List<Slot> parts, Moment moment) {
    return switch (moment) {
      case Moment.At(var instant) ->
          seen(history, parts, event -> !event.recordedAt().isAfter(instant));
      case Moment.Revision(var revision) ->
          history
              .event(parts.getFirst().stream(), revision)
              .flatMap(last ->
                  last.isEmpty()
                      ? Uni.createFrom().item(Optional.<Stored>empty())
                      : seen(history, parts, upTo(last.get())));
    };
  }

  private static Predicate<RecordedEvent> upTo(RecordedEvent last) {
    return event ->
        event.stream().equals(last.stream())
            ? event.revision() <= last.revision()
            : event.position() < last.position();
  }

  private static Uni<Optional<Stored>> seen(
      History history, List<Slot> parts, Predicate<RecordedEvent> within) {
    List<Uni<Held>> parted =
        parts.stream().map(part -> history.until(part.stream(), within)).toList();
    return Uni.join()
        .all(parted)
        .andFailFast()
        .map(held ->
            held.getFirst().revision() < 0
                ? Optional.<Stored>empty()
                : Optional.of(stored(parts, held)));
  }

  private static Stored stored(List<Slot> parts, List<Held> held) {
    Document document = new Document();
    for (int i = 0; i < parts.size(); i++) {
      if (held.get(i).revision() >= 0) {
        document.append(parts.get(i).field(), Documents.write(held.get(i)));
      }
    }
    return new Stored(document);
  }
}
