package io.kiroku.shipping;

import static io.kiroku.shipping.ShipmentRejection.SHIPMENT_ALREADY_DISPATCHED;
import static io.kiroku.shipping.ShipmentRejection.SHIPMENT_CANCELLED;
import static io.kiroku.shipping.ShipmentRejection.SHIPMENT_NOT_ARRANGED;
import static io.kiroku.shipping.ShipmentRejection.SHIPMENT_NOT_DISPATCHED;
import static io.kiroku.shipping.ShipmentRejection.TRACKING_NUMBER_OUT_OF_RANGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.shared.OrderId;
import io.kiroku.shipping.Shipment.Arranged;
import io.kiroku.shipping.Shipment.Cancelled;
import io.kiroku.shipping.Shipment.Delivered;
import io.kiroku.shipping.Shipment.Dispatched;
import io.kiroku.shipping.Shipment.Refused;
import io.kiroku.shipping.ShipmentCommand.CancelShipment;
import io.kiroku.shipping.ShipmentCommand.DeliverShipment;
import io.kiroku.shipping.ShipmentCommand.DispatchShipment;
import io.kiroku.shipping.ShipmentCommand.RecordArrangement;
import io.kiroku.shipping.ShipmentCommand.RecordRefusal;
import io.kiroku.shipping.ShipmentEvent.ShipmentArranged;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancellationRejected;
import io.kiroku.shipping.ShipmentEvent.ShipmentCancelled;
import io.kiroku.shipping.ShipmentEvent.ShipmentDelivered;
import io.kiroku.shipping.ShipmentEvent.ShipmentDispatched;
import io.kiroku.shipping.ShipmentEvent.ShipmentRefused;
import io.kiroku.shipping.ShipmentEvent.ShipmentStepRepeated;
import io.kiroku.testing.DeciderSpec;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShipmentDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final OrderId ID = new OrderId(new UUID(0, 1));
  private static final RecordArrangement ARRANGE = new RecordArrangement(ID, "parcel-1", NOW);
  private static final RecordRefusal REFUSE = new RecordRefusal(ID, "RESTRICTED_AREA", NOW);
  private static final CancelShipment CANCEL = new CancelShipment(ID, NOW);
  private static final ShipmentArranged ARRANGED = new ShipmentArranged(ID, "parcel-1", NOW);
  private static final ShipmentRefused REFUSED = new ShipmentRefused(ID, "RESTRICTED_AREA", NOW);
  private static final ShipmentCancelled CANCELLED = new ShipmentCancelled(ID, NOW);

  private static final DispatchShipment DISPATCH = new DispatchShipment(ID, "TRACK-1", NOW);
  private static final DeliverShipment DELIVER = new DeliverShipment(ID, NOW);
  private static final ShipmentDispatched DISPATCHED = new ShipmentDispatched(ID, "TRACK-1", NOW);
  private static final ShipmentDelivered DELIVERED = new ShipmentDelivered(ID, NOW);

  private final DeciderSpec<ShipmentCommand, Shipment, ShipmentEvent> shipment =
      DeciderSpec.of(new ShipmentDecider());

  @Test
  void an_arrangement_is_recorded_once() {
    shipment.given().when(ARRANGE).then(ARRANGED).thenState(new Arranged("parcel-1"));
    shipment.given(ARRANGED).when(ARRANGE).then(repeated(ShipmentStep.ARRANGE));
  }

  @Test
  void a_refusal_is_recorded_and_another_attempt_may_still_be_arranged() {
    shipment.given().when(REFUSE).then(REFUSED).thenState(new Refused("RESTRICTED_AREA"));
    shipment.given(REFUSED).when(REFUSE).then(REFUSED);
    shipment.given(REFUSED).when(ARRANGE).then(ARRANGED);
  }

  @Test
  void an_arrangement_stands_against_another_attempts_refusal() {
    shipment
        .given(ARRANGED)
        .when(REFUSE)
        .then(repeated(ShipmentStep.ARRANGE))
        .thenState(new Arranged("parcel-1"));
    assertThat(shipment.given(ARRANGED, REFUSED).state()).isEqualTo(new Arranged("parcel-1"));
  }

  @Test
  void a_shipment_is_cancelled_once_whatever_it_was() {
    shipment.given().when(CANCEL).then(CANCELLED).thenState(new Cancelled());
    shipment.given(ARRANGED).when(CANCEL).then(CANCELLED).thenState(new Cancelled());
    shipment.given(REFUSED).when(CANCEL).then(CANCELLED);
    shipment.given(CANCELLED).when(CANCEL).then(repeated(ShipmentStep.CANCEL));
  }

  @Test
  void trap_13_a_cancellation_that_comes_first_makes_the_arrangement_be_refused() {
    var refused = new ShipmentRefused(ID, "SHIPMENT_CANCELLED", NOW);
    shipment.given(CANCELLED).when(ARRANGE).then(refused).thenState(new Cancelled());
    shipment.given(CANCELLED).when(REFUSE).then(refused).thenState(new Cancelled());
  }

  @Test
  void an_arranged_shipment_is_dispatched_and_delivered() {
    shipment
        .given(ARRANGED)
        .when(new DispatchShipment(ID, " TRACK-1 ", NOW))
        .then(DISPATCHED)
        .thenState(new Dispatched("parcel-1", "TRACK-1"));
    shipment
        .given(ARRANGED, DISPATCHED)
        .when(DELIVER)
        .then(DELIVERED)
        .thenState(new Delivered("parcel-1", "TRACK-1"));
  }

  @Test
  void a_shipment_is_dispatched_under_one_number_and_delivered_once() {
    var other = new DispatchShipment(ID, "TRACK-2", NOW);
    var dispatched = shipment.given(ARRANGED, DISPATCHED);
    dispatched.when(DISPATCH).thenNothing();
    dispatched.when(other).thenRejected(SHIPMENT_ALREADY_DISPATCHED);
    var delivered = shipment.given(ARRANGED, DISPATCHED, DELIVERED);
    delivered.when(DISPATCH).thenNothing();
    delivered.when(other).thenRejected(SHIPMENT_ALREADY_DISPATCHED);
    delivered.when(DELIVER).thenNothing();
  }

  @Test
  void a_tracking_number_has_one_to_a_hundred_characters() {
    shipment
        .given(ARRANGED)
        .when(new DispatchShipment(ID, " ", NOW))
        .thenRejected(TRACKING_NUMBER_OUT_OF_RANGE);
    shipment
        .given(ARRANGED)
        .when(new DispatchShipment(ID, "1".repeat(101), NOW))
        .thenRejected(TRACKING_NUMBER_OUT_OF_RANGE);
    shipment
        .given(ARRANGED)
        .when(new DispatchShipment(ID, "1".repeat(100), NOW))
        .then(new ShipmentDispatched(ID, "1".repeat(100), NOW));
  }

  @Test
  void only_what_is_arranged_is_dispatched_and_only_what_is_dispatched_delivered() {
    shipment.given().when(DISPATCH).thenRejected(SHIPMENT_NOT_ARRANGED);
    shipment.given(REFUSED).when(DISPATCH).thenRejected(SHIPMENT_NOT_ARRANGED);
    shipment.given(CANCELLED).when(DISPATCH).thenRejected(SHIPMENT_CANCELLED);
    shipment.given().when(DELIVER).thenRejected(SHIPMENT_NOT_ARRANGED);
    shipment.given(REFUSED).when(DELIVER).thenRejected(SHIPMENT_NOT_ARRANGED);
    shipment.given(ARRANGED).when(DELIVER).thenRejected(SHIPMENT_NOT_DISPATCHED);
    shipment.given(ARRANGED, CANCELLED).when(DELIVER).thenRejected(SHIPMENT_CANCELLED);
  }

  @Test
  void trap_12_what_is_on_its_way_refuses_to_be_cancelled_as_a_fact() {
    var rejected = new ShipmentCancellationRejected(ID, "SHIPMENT_ALREADY_DISPATCHED", NOW);
    shipment
        .given(ARRANGED, DISPATCHED)
        .when(CANCEL)
        .then(rejected)
        .thenState(new Dispatched("parcel-1", "TRACK-1"));
    shipment.given(ARRANGED, DISPATCHED, DELIVERED).when(CANCEL).then(rejected);
  }

  @Test
  void what_is_on_its_way_was_arranged() {
    for (var command : List.of(ARRANGE, REFUSE)) {
      shipment.given(ARRANGED, DISPATCHED).when(command).then(repeated(ShipmentStep.ARRANGE));
      shipment
          .given(ARRANGED, DISPATCHED, DELIVERED)
          .when(command)
          .then(repeated(ShipmentStep.ARRANGE));
    }
    assertThat(shipment.given(ARRANGED, DISPATCHED, REFUSED).state())
        .isEqualTo(new Dispatched("parcel-1", "TRACK-1"));
  }

  @Test
  void what_does_not_fit_into_a_history_changes_nothing() {
    assertThat(shipment.given(CANCELLED, DISPATCHED).state()).isEqualTo(new Cancelled());
    assertThat(shipment.given(ARRANGED, DELIVERED).state()).isEqualTo(new Arranged("parcel-1"));
  }

  @Test
  void the_built_in_carrier_goes_where_the_rules_say() {
    assertThat(SimulatedCarrier.refuses("100-0001", "JP")).isEmpty();
    assertThat(SimulatedCarrier.refuses("999-0001", "JP"))
        .contains(ShipmentRejection.RESTRICTED_AREA);
    assertThat(SimulatedCarrier.refuses("100-0001", "AQ"))
        .contains(ShipmentRejection.RESTRICTED_AREA);
    assertThat(SimulatedCarrier.refuses("000-0001", "JP"))
        .contains(ShipmentRejection.INVALID_ADDRESS);
    assertThat(SimulatedCarrier.refuses(" ", "JP")).contains(ShipmentRejection.INVALID_ADDRESS);
  }

  private static ShipmentStepRepeated repeated(ShipmentStep step) {
    return new ShipmentStepRepeated(ID, step, NOW);
  }
}
