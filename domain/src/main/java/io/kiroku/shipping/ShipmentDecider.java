package io.kiroku.shipping;

import io.kiroku.decider.Decider;
import io.kiroku.decider.Decision;
import io.kiroku.shipping.Shipment.Absent;
import io.kiroku.shipping.Shipment.Arranged;
import io.kiroku.shipping.Shipment.Cancelled;
import io.kiroku.shipping.Shipment.Delivered;
import io.kiroku.shipping.Shipment.Dispatched;
import io.kiroku.shipping.Shipment.Refused;
import io.kiroku.shipping.Shipment.ReturnCalledOff;
import io.kiroku.shipping.Shipment.ReturnExpected;
import io.kiroku.shipping.Shipment.ReturnReceived;
import io.kiroku.shipping.Shipment.ReturnRefused;
import io.kiroku.shipping.Shipment.Returning;
import io.kiroku.shipping.ShipmentCommand.CallOffReturn;
import io.kiroku.shipping.ShipmentCommand.CancelShipment;
import io.kiroku.shipping.ShipmentCommand.DeliverShipment;
import io.kiroku.shipping.ShipmentCommand.DispatchShipment;
import io.kiroku.shipping.ShipmentCommand.ExpectReturn;
import io.kiroku.shipping.ShipmentCommand.ReceiveReturn;
import io.kiroku.shipping.ShipmentCommand.RecordArrangement;
import io.kiroku.shipping.ShipmentCommand.RecordRefusal;
import io.kiroku.shipping.ShipmentCommand.RefuseReturn;
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

/// The rules of one order's shipment. A cancellation is final, whether it came before or after the
/// arrangement; every command of a process records one fact.
public final class ShipmentDecider implements Decider<ShipmentCommand, Shipment, ShipmentEvent> {
  @Override
  public Shipment initial() {
    return new Absent();
  }

  @Override
  public Decision<ShipmentEvent> decide(ShipmentCommand command, Shipment shipment) {
    return switch (command) {
      case RecordArrangement arrangement ->
          Decision.accept(ArrangementRules.arranged(arrangement, shipment));
      case RecordRefusal refusal -> Decision.accept(ArrangementRules.refused(refusal, shipment));
      case CancelShipment cancel -> Decision.accept(ArrangementRules.cancelled(cancel, shipment));
      case DispatchShipment dispatch -> TransitRules.dispatch(dispatch, shipment);
      case DeliverShipment deliver -> TransitRules.deliver(deliver, shipment);
      case ExpectReturn expect -> ReturnRules.expect(expect, shipment);
      case CallOffReturn callOff -> Decision.accept(ReturnRules.callOff(callOff, shipment));
      case ReceiveReturn receive -> ReturnRules.receive(receive, shipment);
      case RefuseReturn refuse -> ReturnRules.refuse(refuse, shipment);
    };
  }

  @Override
  public Shipment evolve(Shipment shipment, ShipmentEvent event) {
    return switch (event) {
      case ShipmentArranged(_, var reference, _) -> new Arranged(reference);
      case ShipmentRefused(_, var code, _) -> afterRefusal(shipment, code);
      case ShipmentCancelled _ -> new Cancelled();
      case ShipmentCancellationRejected _ -> shipment;
      case ShipmentDispatched(_, var tracking, _) ->
          shipment instanceof Arranged(var reference)
              ? new Dispatched(reference, tracking)
              : shipment;
      case ShipmentDelivered _ ->
          shipment instanceof Dispatched(var reference, var tracking)
              ? new Delivered(reference, tracking)
              : shipment;
      case ShipmentReturnExpected(_, var until, _) -> new ReturnExpected(until);
      case ReturnedGoodsReceived _ -> new ReturnReceived();
      case ReturnedGoodsRefused(_, var code, _) -> new ReturnRefused(code);
      case ShipmentReturnCalledOff _ -> new ReturnCalledOff();
      case ShipmentReturnCallOffRejected _, ShipmentStepRepeated _ -> shipment;
    };
  }

  private static Shipment afterRefusal(Shipment shipment, String code) {
    return switch (shipment) {
      case Absent _, Refused _ -> new Refused(code);
      case Arranged _, Dispatched _, Delivered _, Cancelled _, Returning _ -> shipment;
    };
  }
}
