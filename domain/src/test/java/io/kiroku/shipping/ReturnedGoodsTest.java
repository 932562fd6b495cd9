package io.kiroku.shipping;

import static io.kiroku.samples.Samples.AT;
import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.shipping.ShipmentRejection.REFUSAL_CODE_INVALID;
import static io.kiroku.shipping.ShipmentRejection.RETURN_ALREADY_RECEIVED;
import static io.kiroku.shipping.ShipmentRejection.RETURN_ALREADY_REFUSED;
import static io.kiroku.shipping.ShipmentRejection.RETURN_EXPIRED;
import static io.kiroku.shipping.ShipmentRejection.RETURN_NOT_EXPECTED;
import static io.kiroku.shipping.ShipmentRejection.SHIPMENT_ALREADY_DISPATCHED;

import io.kiroku.shipping.Shipment.ReturnCalledOff;
import io.kiroku.shipping.Shipment.ReturnExpected;
import io.kiroku.shipping.Shipment.ReturnReceived;
import io.kiroku.shipping.Shipment.ReturnRefused;
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
import io.kiroku.shipping.ShipmentEvent.ShipmentDelivered;
import io.kiroku.shipping.ShipmentEvent.ShipmentDispatched;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnCallOffRejected;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnCalledOff;
import io.kiroku.shipping.ShipmentEvent.ShipmentReturnExpected;
import io.kiroku.shipping.ShipmentEvent.ShipmentStepRepeated;
import io.kiroku.testing.DeciderSpec;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Parcels on their way back.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReturnedGoodsTest {
  private static final Instant UNTIL = AT.plusSeconds(900);
  private static final ExpectReturn EXPECT = new ExpectReturn(ORDER, UNTIL, AT);
  private static final CallOffReturn CALL_OFF = new CallOffReturn(ORDER, AT);
  private static final ReceiveReturn RECEIVE = new ReceiveReturn(ORDER, AT);
  private static final RefuseReturn REFUSE = new RefuseReturn(ORDER, "GOODS_DAMAGED", AT);
  private static final ShipmentReturnExpected EXPECTED =
      new ShipmentReturnExpected(ORDER, UNTIL, AT);
  private static final ReturnedGoodsReceived RECEIVED = new ReturnedGoodsReceived(ORDER, AT);
  private static final ReturnedGoodsRefused REFUSED =
      new ReturnedGoodsRefused(ORDER, "GOODS_DAMAGED", AT);
  private static final ShipmentReturnCalledOff CALLED_OFF = new ShipmentReturnCalledOff(ORDER, AT);
  private static final ShipmentEvent[] ON_ITS_WAY = {
    new ShipmentArranged(ORDER, "parcel-1", AT), new ShipmentDispatched(ORDER, "TRACK-1", AT)
  };

  private final DeciderSpec<ShipmentCommand, Shipment, ShipmentEvent> shipment =
      DeciderSpec.of(new ShipmentDecider());

  @Test
  void goods_are_expected_back_once_whatever_was_known_of_their_way() {
    shipment.given().when(EXPECT).then(EXPECTED).thenState(new ReturnExpected(UNTIL));
    shipment.given(ON_ITS_WAY).when(EXPECT).then(EXPECTED);
    shipment
        .given(ON_ITS_WAY[0], ON_ITS_WAY[1], new ShipmentDelivered(ORDER, AT))
        .when(EXPECT)
        .then(EXPECTED);
    for (ShipmentEvent later : List.of(EXPECTED, RECEIVED, REFUSED)) {
      shipment.given(EXPECTED, later).when(EXPECT).thenNothing();
    }
  }

  @Test
  void goods_that_came_back_are_received_once() {
    shipment.given(EXPECTED).when(RECEIVE).then(RECEIVED).thenState(new ReturnReceived());
    shipment.given(EXPECTED, RECEIVED).when(RECEIVE).thenNothing();
    shipment.given(EXPECTED, RECEIVED).when(REFUSE).thenRejected(RETURN_ALREADY_RECEIVED);
  }

  @Test
  void goods_that_are_not_as_they_should_be_are_refused_once_with_a_code() {
    shipment
        .given(EXPECTED)
        .when(REFUSE)
        .then(REFUSED)
        .thenState(new ReturnRefused("GOODS_DAMAGED"));
    shipment.given(EXPECTED, REFUSED).when(REFUSE).thenNothing();
    shipment
        .given(EXPECTED, REFUSED)
        .when(new RefuseReturn(ORDER, "WRONG_GOODS", AT))
        .thenRejected(RETURN_ALREADY_REFUSED);
    shipment.given(EXPECTED, REFUSED).when(RECEIVE).thenRejected(RETURN_ALREADY_REFUSED);
    for (String words : List.of("", "it broke", "T".repeat(65))) {
      shipment
          .given(EXPECTED)
          .when(new RefuseReturn(ORDER, words, AT))
          .thenRejected(REFUSAL_CODE_INVALID);
    }
  }

  @Test
  void goods_are_taken_until_the_promised_moment_and_not_later() {
    shipment
        .given(EXPECTED)
        .when(new ReceiveReturn(ORDER, UNTIL))
        .then(new ReturnedGoodsReceived(ORDER, UNTIL));
    Instant late = UNTIL.plusNanos(1);
    shipment.given(EXPECTED).when(new ReceiveReturn(ORDER, late)).thenRejected(RETURN_EXPIRED);
    shipment
        .given(EXPECTED)
        .when(new RefuseReturn(ORDER, "GOODS_DAMAGED", late))
        .thenRejected(RETURN_EXPIRED);
  }

  @Test
  void goods_that_nobody_expects_are_not_taken() {
    shipment.given().when(RECEIVE).thenRejected(RETURN_NOT_EXPECTED);
    shipment.given().when(REFUSE).thenRejected(RETURN_NOT_EXPECTED);
    shipment.given(EXPECTED, CALLED_OFF).when(RECEIVE).thenRejected(RETURN_NOT_EXPECTED);
    shipment.given(EXPECTED, CALLED_OFF).when(REFUSE).thenRejected(RETURN_NOT_EXPECTED);
  }

  @Test
  void a_return_is_called_off_once_with_a_fact_every_time() {
    var repeated = new ShipmentStepRepeated(ORDER, ShipmentStep.CALL_OFF_RETURN, AT);
    shipment.given(EXPECTED).when(CALL_OFF).then(CALLED_OFF).thenState(new ReturnCalledOff());
    shipment.given(EXPECTED, CALLED_OFF).when(CALL_OFF).then(repeated);
    shipment.given(EXPECTED, REFUSED).when(CALL_OFF).then(repeated);
  }

  @Test
  void trap_13_a_call_off_that_comes_first_leaves_nothing_to_expect() {
    shipment.given().when(CALL_OFF).then(CALLED_OFF);
    shipment.given(CALLED_OFF).when(EXPECT).thenNothing();
    shipment.given(CALLED_OFF).when(RECEIVE).thenRejected(RETURN_NOT_EXPECTED);
  }

  @Test
  void trap_12_what_is_here_already_refuses_to_be_called_off_as_a_fact() {
    shipment
        .given(EXPECTED, RECEIVED)
        .when(CALL_OFF)
        .then(new ShipmentReturnCallOffRejected(ORDER, "RETURN_ALREADY_RECEIVED", AT))
        .thenState(new ReturnReceived());
  }

  @Test
  void what_comes_back_was_with_the_customer() {
    var back = shipment.given(EXPECTED);
    back.when(new DispatchShipment(ORDER, "TRACK-1", AT)).thenRejected(SHIPMENT_ALREADY_DISPATCHED);
    back.when(new DeliverShipment(ORDER, AT)).thenNothing();
    var arranged = new ShipmentStepRepeated(ORDER, ShipmentStep.ARRANGE, AT);
    back.when(new RecordArrangement(ORDER, "parcel-2", AT)).then(arranged);
    back.when(new RecordRefusal(ORDER, "RESTRICTED_AREA", AT)).then(arranged);
    back.when(new CancelShipment(ORDER, AT))
        .then(new ShipmentCancellationRejected(ORDER, "SHIPMENT_ALREADY_DISPATCHED", AT));
  }
}
