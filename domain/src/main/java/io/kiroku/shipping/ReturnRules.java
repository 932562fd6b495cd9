package io.kiroku.shipping;

import io.kiroku.decider.Decision;
import io.kiroku.shared.OrderId;
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
import io.kiroku.shipping.ShipmentCommand.ExpectReturn;
import io.kiroku.shipping.ShipmentCommand.ReceiveReturn;
import io.kiroku.shipping.ShipmentCommand.RefuseReturn;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsReceived;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsRefused;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnCallOffRejected;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnCalledOff;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnExpected;
import io.kiroku.shipping.ShipmentEvent.ShipmentStepRepeated;
import java.time.Instant;
import java.util.regex.Pattern;

/// The parcel's way back. Whether it came in time is decided here, by the time that was promised;
/// the process only waits a little longer than that.
final class ReturnRules {
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

  private ReturnRules() {}

  /// Once: the second time, and after a call-off that came first, nothing changes.
  static Decision<ShipmentEvent> expect(ExpectReturn expect, Shipment shipment) {
    return switch (shipment) {
      case Absent _, Arranged _, Dispatched _, Delivered _, Refused _, Cancelled _ ->
          Decision.accept(
              new ShipmentReturnExpected(expect.orderId(), expect.until(), expect.now()));
      case Returning _ -> Decision.accept();
    };
  }

  static ShipmentEvent callOff(CallOffReturn callOff, Shipment shipment) {
    OrderId order = callOff.orderId();
    return switch (shipment) {
      case Absent _, Arranged _, Dispatched _, Delivered _, Refused _, Cancelled _ ->
          new ShipmentReturnCalledOff(order, callOff.now());
      case ReturnExpected _ -> new ShipmentReturnCalledOff(order, callOff.now());
      case ReturnReceived _ ->
          new ShipmentReturnCallOffRejected(
              order, ShipmentRejection.RETURN_ALREADY_RECEIVED.code(), callOff.now());
      case ReturnRefused _, ReturnCalledOff _ ->
          new ShipmentStepRepeated(order, ShipmentStep.CALL_OFF_RETURN, callOff.now());
    };
  }

  static Decision<ShipmentEvent> receive(ReceiveReturn receive, Shipment shipment) {
    return switch (shipment) {
      case Absent _, Arranged _, Dispatched _, Delivered _, Refused _, Cancelled _ ->
          Decision.reject(ShipmentRejection.RETURN_NOT_EXPECTED);
      case ReturnCalledOff _ -> Decision.reject(ShipmentRejection.RETURN_NOT_EXPECTED);
      case ReturnExpected(var until) ->
          inTime(until, new ReturnedGoodsReceived(receive.orderId(), receive.now()));
      case ReturnReceived _ -> Decision.accept();
      case ReturnRefused _ -> Decision.reject(ShipmentRejection.RETURN_ALREADY_REFUSED);
    };
  }

  static Decision<ShipmentEvent> refuse(RefuseReturn refuse, Shipment shipment) {
    if (!CODE.matcher(refuse.code()).matches()) {
      return Decision.reject(ShipmentRejection.REFUSAL_CODE_INVALID);
    }
    return switch (shipment) {
      case Absent _, Arranged _, Dispatched _, Delivered _, Refused _, Cancelled _ ->
          Decision.reject(ShipmentRejection.RETURN_NOT_EXPECTED);
      case ReturnCalledOff _ -> Decision.reject(ShipmentRejection.RETURN_NOT_EXPECTED);
      case ReturnExpected(var until) ->
          inTime(until, new ReturnedGoodsRefused(refuse.orderId(), refuse.code(), refuse.now()));
      case ReturnReceived _ -> Decision.reject(ShipmentRejection.RETURN_ALREADY_RECEIVED);
      case ReturnRefused(var code) ->
          code.equals(refuse.code())
              ? Decision.accept()
              : Decision.reject(ShipmentRejection.RETURN_ALREADY_REFUSED);
    };
  }

  private static Decision<ShipmentEvent> inTime(Instant until, ShipmentEvent answer) {
    return answer.at().isAfter(until)
        ? Decision.reject(ShipmentRejection.RETURN_EXPIRED)
        : Decision.accept(answer);
  }
}
