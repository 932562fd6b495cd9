package io.kiroku.command.publisher;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.saga.StepCommand;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Turns events of the log into what is to be written, the same whenever it is asked. One object
/// reads one way through the log: it remembers orders that it has come by.
final class Publications {
  private static final Set<String> CATEGORIES =
      Set.of("categories", "product", "shelf", "stock", "order", "payment", "shipment");

  private final EventCodec<Object> codec;
  private final List<? extends PublishedSaga<?>> sagas;
  private final OrderRevisions orderRevisions;

  Publications(EventCodec<Object> codec, List<? extends PublishedSaga<?>> sagas, Pool pool) {
    this.codec = codec;
    this.sagas = sagas;
    this.orderRevisions = new OrderRevisions(pool);
  }

  /// @param events in the order of the log; what nobody owns is passed over
  Uni<Publication> of(List<RecordedEvent> events) {
    List<RecordedEvent> ours =
        events.stream().filter(event -> CATEGORIES.contains(event.stream().category())).toList();
    return Uni.combine()
        .all()
        .unis(codec.decodeAll(ours), facts(events))
        .asTuple()
        .flatMap(read -> of(read.getItem1(), read.getItem2()));
  }

  private Uni<Publication> of(List<Recorded<Object>> decoded, List<SagaFact<?>> facts) {
    return orderRevisions.prepare(decoded, facts).map(_ -> inOrder(decoded, facts));
  }

  private Uni<List<SagaFact<?>>> facts(List<RecordedEvent> events) {
    return Multi.createFrom()
        .<PublishedSaga<?>>iterable(List.copyOf(sagas))
        .onItem()
        .transformToUniAndConcatenate(kind -> facts(events, kind))
        .collect()
        .in(
            ArrayList<SagaFact<?>>::new,
            (List<SagaFact<?>> all, List<SagaFact<?>> some) -> all.addAll(some))
        .map(List::copyOf);
  }

  private static <C extends StepCommand> Uni<List<SagaFact<?>>> facts(
      List<RecordedEvent> events, PublishedSaga<C> kind) {
    return SagaFact.in(events, kind).map(List::<SagaFact<?>>copyOf);
  }

  /// In the order of the log, which the messages keep.
  private Publication inOrder(List<Recorded<Object>> decoded, List<SagaFact<?>> facts) {
    Publication publication = new Publication(orderRevisions);
    SortedMap<Long, Runnable> inOrder = new TreeMap<>();
    decoded.forEach(
        event -> inOrder.put(event.envelope().position(), () -> publication.add(event)));
    facts.forEach(fact -> inOrder.put(fact.envelope().position(), () -> publication.add(fact)));
    inOrder.values().forEach(Runnable::run);
    return publication;
  }
}
