package io.kiroku.command.events;

import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ShelfEvent;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.shipping.ShipmentEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// All events of the contexts; sagas have codecs of their own kind. Filled while a native image is
/// built: at run time sealed types do not tell their records there.
@RegisterForReflection(
    targets = {
      CategoryEvent.class,
      ProductEvent.class,
      ShelfEvent.class,
      StockEvent.class,
      OrderEvent.class,
      PaymentEvent.class,
      ShipmentEvent.class
    },
    registerFullHierarchy = true)
public final class StoredEvents {
  public static final EventTypes ALL =
      EventTypes.of(CategoryEvent.class)
          .with(ProductEvent.class)
          .with(ShelfEvent.class)
          .with(StockEvent.class)
          .with(OrderEvent.class)
          .with(PaymentEvent.class)
          .with(ShipmentEvent.class);

  private StoredEvents() {}

  /// Reads and writes the events of one context, personal values included.
  public static <E> EventCodec<E> codec(PersonKeys keys) {
    return JsonEventCodec.of(ALL, keys, Upcasters.NONE);
  }

  /// Reads whatever the contexts wrote into the log; personal values stay closed, so it needs no
  /// I/O.
  public static EventCodec<Object> reader() {
    return JsonEventCodec.of(ALL, PersonKeys.NONE, Upcasters.NONE);
  }
}
