package io.kiroku.chaos.load;

import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.kiroku.client.KirokuClient;
import io.kiroku.launcher.platform.ServiceChannel;
import io.kiroku.launcher.platform.Tokens.Role;
import io.kiroku.proto.ordering.v1.DeliverOrderRequest;
import io.kiroku.proto.ordering.v1.OrderingServiceGrpc;
import io.kiroku.proto.ordering.v1.OrderingServiceGrpc.OrderingServiceBlockingStub;
import io.kiroku.proto.ordering.v1.RequestReturnRequest;
import io.kiroku.proto.ordering.v1.ShipOrderRequest;
import io.kiroku.proto.shipping.v1.ReceiveReturnedGoodsRequest;
import io.kiroku.proto.shipping.v1.ShippingServiceGrpc;
import io.kiroku.proto.shipping.v1.ShippingServiceGrpc.ShippingServiceBlockingStub;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// Orders that are delivered and come back.
final class Returns {
  private static final long ANSWER_MAX_SECONDS = 10;
  private static final String STAFF = "staff";

  private final Function<String, KirokuClient> clients;
  private final ServiceChannel commands;
  private final Insistence insistence;
  private final Ledger ledger;

  Returns(
      Function<String, KirokuClient> clients,
      ServiceChannel commands,
      Insistence insistence,
      Ledger ledger) {
    this.clients = clients;
    this.commands = commands;
    this.insistence = insistence;
    this.ledger = ledger;
  }

  /// Waits for the order to end; one that is cancelled is not given back.
  void giveBack(Accepted order) {
    if (!isFulfilled(order)) {
      return;
    }
    String id = order.order().orderId();
    var ship = ShipOrderRequest.newBuilder().setOrderId(id).setTrackingNumber("T-1").build();
    var deliver = DeliverOrderRequest.newBuilder().setOrderId(id).build();
    var giveBack =
        RequestReturnRequest.newBuilder().setOrderId(id).setReason("NO_LONGER_WANTED").build();
    ordering(Role.admin, STAFF, stub -> stub.shipOrder(ship));
    ordering(Role.admin, STAFF, stub -> stub.deliverOrder(deliver));
    ordering(Role.writer, order.user(), stub -> stub.requestReturn(giveBack));
    receiveGoods(id);
    ledger.returned(id);
  }

  private boolean isFulfilled(Accepted order) {
    insistence.until(() -> state(order).equals("SUCCEEDED") || state(order).equals("FAILED"));
    return insistence.on(() -> state(order)).equals("SUCCEEDED");
  }

  private String state(Accepted order) {
    String path = "/api/v1/jobs/" + order.order().jobId();
    return clients.apply(order.user()).get(path, null).path("state").asText();
  }

  private <A> void ordering(
      Role role, String user, Function<OrderingServiceBlockingStub, A> command) {
    command(role, user, OrderingServiceGrpc::newBlockingStub, command);
  }

  /// They may be here before the shop expects them; then they are brought again.
  private void receiveGoods(String order) {
    var request = ReceiveReturnedGoodsRequest.newBuilder().setOrderId(order).build();
    Function<Channel, ShippingServiceBlockingStub> make = ShippingServiceGrpc::newBlockingStub;
    insistence.until(() -> {
      try {
        command(Role.admin, STAFF, make, stub -> stub.receiveReturnedGoods(request));
        return true;
      } catch (StatusRuntimeException refused) {
        if (refused.getStatus().getCode() == Status.Code.FAILED_PRECONDITION) {
          return false;
        }
        throw refused;
      }
    });
  }

  private <S extends AbstractStub<S>, A> void command(
      Role role, String user, Function<Channel, S> make, Function<S, A> command) {
    S stub = ServiceChannel.keyed(commands.as(role, user, make), UUID.randomUUID().toString());
    A _ =
        insistence.on(
            () -> command.apply(stub.withDeadlineAfter(ANSWER_MAX_SECONDS, TimeUnit.SECONDS)));
  }
}
