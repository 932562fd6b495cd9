package io.kiroku.shipping;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.shared.OrderId;
import io.kiroku.shipping.Shipment.Absent;
import io.kiroku.shipping.Shipment.Arranged;
import io.kiroku.shipping.Shipment.Cancelled;
import io.kiroku.shipping.Shipment.Refused;
import io.kiroku.shipping.ShipmentCommand.CancelShipment;
import io.kiroku.shipping.ShipmentCommand.RecordArrangement;
import io.kiroku.shipping.ShipmentCommand.RecordRefusal;
import io.kiroku.shipping.ShipmentEvent.ShipmentArranged;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancelled;
import io.kiroku.shipping.ShipmentEvent.ShipmentRefused;
import io.kiroku.shipping.ShipmentEvent.ShipmentStepRepeated;
import java.time.Instant;

/// The rules of one order's shipment. A cancellation is final, whether it came before or after the
/// arrangement; every command records one fact.
public final class ShipmentDecider implements Decider<ShipmentCommand, Shipment, ShipmentEvent> {
  @Override
  public Shipment initial() {
    return new Absent();
  }

  @Override
  public Decision<ShipmentEvent> decide(ShipmentCommand command, Shipment shipment) {
    return Decision.accept(
        switch (command) {
          case RecordArrangement arrangement -> arranged(arrangement, shipment);
          case RecordRefusal refusal -> refused(refusal, shipment);
          case CancelShipment cancel -> cancelled(cancel, shipment);
        });
  }

  @Override
  public Shipment evolve(Shipment shipment, ShipmentEvent event) {
    return switch (event) {
      case ShipmentArranged(_, var reference, _) -> new Arranged(reference);
      case ShipmentRefused(_, var code, _) -> afterRefusal(shipment, code);
      case ShipmentCancelled _ -> new Cancelled();
      case ShipmentStepRepeated _ -> shipment;
    };
  }

  private static ShipmentEvent arranged(RecordArrangement command, Shipment shipment) {
    var order = command.orderId();
    return switch (shipment) {
      case Absent _, Refused _ ->
          new ShipmentArranged(order, command.carrierReference(), command.now());
      case Arranged _ -> new ShipmentStepRepeated(order, ShipmentStep.ARRANGE, command.now());
      case Cancelled _ -> refusedAsCancelled(order, command.now());
    };
  }

  private static ShipmentEvent refused(RecordRefusal command, Shipment shipment) {
    var order = command.orderId();
    return switch (shipment) {
      case Absent _, Refused _ -> new ShipmentRefused(order, command.code(), command.now());
      // Another attempt was arranged, and that stands.
      case Arranged _ -> new ShipmentStepRepeated(order, ShipmentStep.ARRANGE, command.now());
      case Cancelled _ -> refusedAsCancelled(order, command.now());
    };
  }

  private static ShipmentEvent cancelled(CancelShipment command, Shipment shipment) {
    var order = command.orderId();
    return switch (shipment) {
      case Absent _, Arranged _, Refused _ -> new ShipmentCancelled(order, command.now());
      case Cancelled _ -> new ShipmentStepRepeated(order, ShipmentStep.CANCEL, command.now());
    };
  }

  private static ShipmentEvent refusedAsCancelled(OrderId order, Instant now) {
    return new ShipmentRefused(order, ShipmentRejection.SHIPMENT_CANCELLED.code(), now);
  }

  private static Shipment afterRefusal(Shipment shipment, String code) {
    return switch (shipment) {
      case Absent _, Refused _ -> new Refused(code);
      case Arranged _, Cancelled _ -> shipment;
    };
  }
}
