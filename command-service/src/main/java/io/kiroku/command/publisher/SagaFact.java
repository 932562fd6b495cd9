package io.kiroku.command.publisher;

import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.StepCommand;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/// An event of a saga, beside the kind of saga that it belongs to.
record SagaFact<C extends StepCommand>(PublishedSaga<C> kind, Recorded<SagaEvent<C>> recorded) {
  /// Those events of a batch that are of this kind.
  static <C extends StepCommand> Uni<List<SagaFact<C>>> in(
      List<RecordedEvent> batch, PublishedSaga<C> kind) {
    List<RecordedEvent> ours =
        batch.stream().filter(e -> e.stream().category().equals(kind.category())).toList();
    return kind.codec()
        .decodeAll(ours)
        .map(decoded -> decoded.stream().map(event -> new SagaFact<>(kind, event)).toList());
  }

  SagaEvent<C> event() {
    return recorded.event();
  }

  RecordedEvent envelope() {
    return recorded.envelope();
  }

  /// The order that its saga has just left for good; empty if it has not, or is about none.
  Optional<String> orderLeft() {
    boolean last =
        event() instanceof SagaEvent.SagaCompleted<C>
            || event() instanceof SagaEvent.SagaCompensated<C>;
    return last ? kind.orderOf(event().sagaId()) : Optional.empty();
  }
}
