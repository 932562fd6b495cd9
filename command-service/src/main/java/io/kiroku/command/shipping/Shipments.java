package io.kiroku.command.shipping;

import io.kiroku.command.participant.Outcomes;
import io.kiroku.command.shipping.Carrier.Answer;
import io.kiroku.command.shipping.Carrier.Answer.Arranged;
import io.kiroku.command.shipping.Carrier.Answer.Refused;
import io.kiroku.decider.Personal;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.ShippingAddress;
import io.kiroku.service.tracing.Traces;
import io.kiroku.shared.OrderId;
import io.kiroku.shipping.Shipment;
import io.kiroku.shipping.ShipmentCommand;
import io.kiroku.shipping.ShipmentEvent;
import io.kiroku.shipping.ShipmentRejection;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/// Asks the carrier and records the answer. Interrupted, the same request asks again under the same
/// key and gets the same answer.
@Singleton
class Shipments {
  private final CommandHandler<ShipmentCommand, Shipment, ShipmentEvent> shipments;
  private final Carrier carrier;
  private final Clock clock;

  Shipments(
      CommandHandler<ShipmentCommand, Shipment, ShipmentEvent> shipments,
      Carrier carrier,
      Clock clock) {
    this.shipments = shipments;
    this.carrier = carrier;
    this.clock = clock;
  }

  Uni<Void> arrange(OrderId order, Personal<ShippingAddress> address, CommandContext request) {
    return answer(order, address, request)
        .flatMap(answer -> state(command(order, answer), request))
        // Cancelled meanwhile: the carrier may have been asked after it was told not to.
        .flatMap(state -> cancelAtCarrier(order, state, request));
  }

  private Uni<Answer> answer(
      OrderId order, Personal<ShippingAddress> address, CommandContext request) {
    return switch (address) {
      case Personal.Known<ShippingAddress>(_, var known) ->
          Traces.within(
              request.traceparent(), "carrier arrange", () -> carrier.arrange(key(order), known));
      case Personal.Erased<ShippingAddress> _ ->
          Uni.createFrom().item(new Refused(ShipmentRejection.INVALID_ADDRESS.code()));
    };
  }

  private ShipmentCommand command(OrderId order, Answer answer) {
    return switch (answer) {
      case Arranged(var reference) ->
          new ShipmentCommand.RecordArrangement(order, reference, clock.instant());
      case Refused(var code) -> new ShipmentCommand.RecordRefusal(order, code, clock.instant());
    };
  }

  /// On record first: whoever arranges afterwards sees it and takes back what he asked for. The
  /// carrier is not told of a cancellation that was refused, because the parcel is on its way.
  Uni<Void> cancel(OrderId order, CommandContext request) {
    return state(new ShipmentCommand.CancelShipment(order, clock.instant()), request)
        .flatMap(state -> cancelAtCarrier(order, state, request));
  }

  Uni<Void> expectReturn(OrderId order, Instant until, CommandContext request) {
    var command = new ShipmentCommand.ExpectReturn(order, until, clock.instant());
    return state(command, request).replaceWithVoid();
  }

  Uni<Void> callOffReturn(OrderId order, CommandContext request) {
    return state(new ShipmentCommand.CallOffReturn(order, clock.instant()), request)
        .replaceWithVoid();
  }

  private Uni<Void> cancelAtCarrier(OrderId order, Shipment state, CommandContext request) {
    return state instanceof Shipment.Cancelled
        ? Traces.within(request.traceparent(), "carrier cancel", () -> carrier.cancel(key(order)))
        : Uni.createFrom().voidItem();
  }

  private Uni<Shipment> state(ShipmentCommand command, CommandContext context) {
    return shipments
        .handle(stream(command.orderId()), command, context)
        .map(Outcomes::accepted)
        .map(accepted -> accepted.state());
  }

  static StreamId stream(OrderId order) {
    return StreamId.of("shipment", order.toString());
  }

  private static String key(OrderId order) {
    return order + ":arrange-shipping";
  }
}
