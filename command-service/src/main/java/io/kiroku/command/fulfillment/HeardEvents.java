package io.kiroku.command.fulfillment;

import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.SagaIds;
import io.kiroku.fulfillment.Triggers;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.saga.SagaTrigger;
import io.kiroku.shipping.ShipmentEvent;
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
  private static final Set<String> CATEGORIES = Set.of("order", "stock", "payment", "shipment");
  // Streams of these are called after the order.
  private static final Set<String> OF_AN_ORDER = Set.of("order", "payment", "shipment");

  private final EventCodec<Object> codec;
  private final Triggers triggers;

  HeardEvents(EventCodec<Object> codec, Triggers triggers) {
    this.codec = codec;
    this.triggers = triggers;
  }

  /// @param parking takes the sagas whose events cannot be read
  List<Heard> in(List<RecordedEvent> events, SagaParking parking) {
    List<RecordedEvent> relevant =
        events.stream().filter(event -> CATEGORIES.contains(event.stream().category())).toList();
    List<Heard> heard = new ArrayList<>(relevant.size());
    for (Recorded<Object> recorded : decoded(relevant, parking)) {
      heard(recorded).ifPresent(heard::add);
    }
    return heard;
  }

  Uni<Optional<Heard>> of(RecordedEvent event) {
    return codec.decodeAll(List.of(event)).map(decoded -> heard(decoded.getFirst()));
  }

  private List<Recorded<Object>> decoded(List<RecordedEvent> events, SagaParking parking) {
    try {
      return codec.decodeAll(events).await().atMost(ANSWER_MOST);
    } catch (RuntimeException _) {
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
      String sagaId = event.metadata().sagaId();
      if (OF_AN_ORDER.contains(event.stream().category())) {
        parking.park(event.stream().id(), unreadable, event);
      } else if (sagaId != null) {
        parking.park(sagaId, unreadable, event);
      } else {
        LOG.errorf(unreadable, "%s concerns no saga that could be named: passed over", event);
      }
    }
  }

  private Optional<Heard> heard(Recorded<Object> recorded) {
    RecordedEvent envelope = recorded.envelope();
    return switch (recorded.event()) {
      case OrderEvent event -> heard(envelope, SagaIds.of(event), triggers.of(event));
      case StockEvent event -> heard(envelope, SagaIds.of(event), triggers.of(event));
      case PaymentEvent event -> heard(envelope, SagaIds.of(event), triggers.of(event));
      case ShipmentEvent event -> heard(envelope, SagaIds.of(event), triggers.of(event));
      default -> Optional.empty();
    };
  }

  private static Optional<Heard> heard(
      RecordedEvent envelope,
      Optional<String> sagaId,
      Optional<SagaTrigger<FulfillmentCommand>> trigger) {
    return sagaId.flatMap(
        id -> trigger.map(found -> new Heard(id, found, envelope.id(), envelope)));
  }
}
