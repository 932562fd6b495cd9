package io.kiroku.command.saga;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.saga.StepCommand;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/// Finds in the log what sagas have to hear.
final class HeardEvents {
  private static final Logger LOG = Logger.getLogger(HeardEvents.class);
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);

  private final EventCodec<Object> codec;
  private final SagaRegistry sagas;
  private final Set<String> categories;

  HeardEvents(EventCodec<Object> codec, SagaRegistry sagas) {
    this.codec = codec;
    this.sagas = sagas;
    this.categories = sagas.heardCategories();
  }

  /// Fails if what is needed to read them is away: nobody's events are at fault then.
  ///
  /// @param parking takes the sagas whose events cannot be read
  List<Heard<?>> in(List<RecordedEvent> events, SagaParking parking) {
    List<RecordedEvent> relevant =
        events.stream().filter(event -> categories.contains(event.stream().category())).toList();
    List<Heard<?>> heard = new ArrayList<>(relevant.size());
    for (Recorded<Object> recorded : decoded(relevant, parking)) {
      heard.addAll(heard(recorded));
    }
    return heard;
  }

  /// One event may mean something to several kinds of sagas.
  Uni<List<Heard<?>>> of(RecordedEvent event) {
    return codec.decodeAll(List.of(event)).map(decoded -> heard(decoded.getFirst()));
  }

  private List<Recorded<Object>> decoded(List<RecordedEvent> events, SagaParking parking) {
    try {
      return codec.decodeAll(events).await().atMost(ANSWER_MOST);
    } catch (RuntimeException failure) {
      rethrowUnlessTheEventsOwn(failure);
      List<Recorded<Object>> readable = new ArrayList<>();
      events.forEach(event -> decodeAlone(event, readable, parking));
      return readable;
    }
  }

  private void decodeAlone(
      RecordedEvent event, List<Recorded<Object>> readable, SagaParking parking) {
    try {
      readable.addAll(codec.decodeAll(List.of(event)).await().atMost(ANSWER_MOST));
    } catch (RuntimeException unreadable) {
      rethrowUnlessTheEventsOwn(unreadable);
      for (SagaDecisions<?> kind : sagas.all()) {
        if (kind.definition().heardCategories().contains(event.stream().category())) {
          park(event, kind, unreadable, parking);
        }
      }
    }
  }

  private static void rethrowUnlessTheEventsOwn(RuntimeException failure) {
    if (!SagaParking.isTheSagasOwn(failure)) {
      throw failure;
    }
  }

  private static void park(
      RecordedEvent event, SagaDecisions<?> kind, RuntimeException unreadable, SagaParking to) {
    Optional<String> sagaId = kind.definition().sagaOf(event);
    sagaId.ifPresentOrElse(
        id -> to.park(kind.key(id), unreadable, event),
        () -> LOG.errorf(unreadable, "%s concerns no saga that could be named", event));
  }

  private List<Heard<?>> heard(Recorded<Object> recorded) {
    List<Heard<?>> heard = new ArrayList<>();
    for (SagaDecisions<?> kind : sagas.all()) {
      heard(kind, recorded).ifPresent(heard::add);
    }
    return heard;
  }

  private static <C extends StepCommand> Optional<Heard<C>> heard(
      SagaDecisions<C> kind, Recorded<Object> recorded) {
    RecordedEvent envelope = recorded.envelope();
    if (!kind.definition().heardCategories().contains(envelope.stream().category())) {
      return Optional.empty();
    }
    return kind.definition()
        .hear(recorded.event())
        .map(found -> new Heard<>(kind, found.sagaId(), found.trigger(), envelope.id(), envelope));
  }
}
