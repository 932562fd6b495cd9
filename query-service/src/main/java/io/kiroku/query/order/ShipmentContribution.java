package io.kiroku.query.order;

import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.Recorded;
import io.kiroku.projection.Change;
import io.kiroku.query.running.Part;
import io.kiroku.shipping.ShipmentEvent;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsReceived;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsRefused;
import io.kiroku.shipping.ShipmentEvent.ShipmentArranged;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancellationRejected;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancelled;
import io.kiroku.shipping.ShipmentEvent.ShipmentDelivered;
import io.kiroku.shipping.ShipmentEvent.ShipmentDispatched;
import io.kiroku.shipping.ShipmentEvent.ShipmentRefused;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnCallOffRejected;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnCalledOff;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnExpected;
import io.kiroku.shipping.ShipmentEvent.ShipmentStepRepeated;
import org.jspecify.annotations.Nullable;

final class ShipmentContribution extends Part<ShipmentPart, ShipmentEvent> {
  static final String CATEGORY = "shipment";
  private static final EventTypes TYPES = EventTypes.of(ShipmentEvent.class);

  ShipmentContribution() {
    super(CATEGORY, ShipmentPart.class, TYPES);
  }

  @Override
  public Change<ShipmentPart> apply(
      @Nullable ShipmentPart document, Recorded<ShipmentEvent> recorded) {
    ShipmentPart shipment = document == null ? ShipmentPart.NONE : document;
    return switch (recorded.event()) {
      case ShipmentArranged e ->
          Change.upsert(new ShipmentPart("ARRANGED", e.carrierReference(), "", ""));
      case ShipmentRefused e ->
          Change.upsert(new ShipmentPart("REFUSED", shipment.carrierReference(), e.code(), ""));
      case ShipmentCancelled _ ->
          Change.upsert(
              new ShipmentPart("CANCELLED", shipment.carrierReference(), shipment.code(), ""));
      case ShipmentDispatched e ->
          Change.upsert(
              new ShipmentPart("DISPATCHED", shipment.carrierReference(), "", e.trackingNumber()));
      case ShipmentDelivered _ ->
          Change.upsert(
              new ShipmentPart(
                  "DELIVERED", shipment.carrierReference(), "", shipment.trackingNumber()));
      case ReturnedGoodsReceived _ -> Change.upsert(shipment.returned("RETURNED", ""));
      case ReturnedGoodsRefused e -> Change.upsert(shipment.returned("RETURN_REFUSED", e.code()));
      case ShipmentReturnExpected _, ShipmentReturnCalledOff _, ShipmentReturnCallOffRejected _ ->
          Change.unchanged();
      case ShipmentCancellationRejected _, ShipmentStepRepeated _ -> Change.unchanged();
    };
  }
}
