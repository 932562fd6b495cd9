package io.kiroku.command.ordering;

import com.google.rpc.Code;
import io.kiroku.catalog.CatalogRejection;
import io.kiroku.catalog.Product;
import io.kiroku.command.backlog.Backlog;
import io.kiroku.command.call.CommandCall;
import io.kiroku.command.catalog.Products;
import io.kiroku.command.catalog.ShopConfig;
import io.kiroku.command.ordering.PlaceOrderRequests.Checked;
import io.kiroku.command.ordering.PlaceOrderRequests.Item;
import io.kiroku.command.personalkeys.PersonErased;
import io.kiroku.command.personalkeys.PersonKeysUnavailable;
import io.kiroku.decider.Personal;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.CommandOutcome.Accepted;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.Order;
import io.kiroku.ordering.OrderCommand;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderLine;
import io.kiroku.proto.ordering.v1.OrderingService;
import io.kiroku.proto.ordering.v1.PlaceOrderRequest;
import io.kiroku.proto.ordering.v1.PlaceOrderResponse;
import io.kiroku.service.error.Errors;
import io.kiroku.shared.Money;
import io.kiroku.shared.OrderId;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.util.List;

/// Places orders for whoever is signed in.
@GrpcService
class OrderingGrpcService implements OrderingService {
  private final CommandHandler<OrderCommand, Order, OrderEvent> orders;
  private final Products products;
  private final Backlog backlog;
  private final ShopConfig shop;
  private final Clock clock;

  OrderingGrpcService(
      CommandHandler<OrderCommand, Order, OrderEvent> orders,
      Products products,
      Backlog backlog,
      ShopConfig shop,
      Clock clock) {
    this.orders = orders;
    this.products = products;
    this.backlog = backlog;
    this.shop = shop;
    this.clock = clock;
  }

  @Override
  public Uni<PlaceOrderResponse> placeOrder(PlaceOrderRequest request) {
    CommandCall call = CommandCall.begin("PlaceOrder", request);
    Checked checked = PlaceOrderRequests.check(request);
    backlog.requireRoom();
    OrderId id = new OrderId(call.derived("order"));
    return lines(call.caller().tenant(), checked.items())
        .map(lines -> command(id, call.caller().userId(), lines, checked))
        .flatMap(command -> orders.handle(stream(id), command, call.context(null)))
        .map(outcome ->
            call.answer(outcome, (accepted, token) -> response(call, id, accepted, token)))
        .onFailure(PersonErased.class)
        .transform(
            _ -> Errors.of(Code.FAILED_PRECONDITION, "PERSON_ERASED", "This person was erased."))
        .onFailure(PersonKeysUnavailable.class)
        .transform(_ -> Errors.unavailable("The database does not answer."));
  }

  static StreamId stream(OrderId id) {
    return StreamId.of("order", id.toString());
  }

  private Uni<List<OrderLine>> lines(String tenant, List<Item> items) {
    return Multi.createFrom()
        .iterable(items)
        .onItem()
        .transformToUni(
            item -> products.find(tenant, item.productId()).map(product -> line(item, product)))
        .concatenate()
        .collect()
        .asList();
  }

  private static OrderLine line(Item item, Product product) {
    return switch (product) {
      case Product.OnSale(_, var name, _, var price, _) ->
          new OrderLine(item.productId(), name, item.quantity(), price);
      case Product.Discontinued _ -> throw Errors.rejected(CatalogRejection.PRODUCT_DISCONTINUED);
      case Product.Absent _ -> throw Errors.rejected(CatalogRejection.PRODUCT_NOT_FOUND);
    };
  }

  private OrderCommand command(OrderId id, String userId, List<OrderLine> lines, Checked checked) {
    return new OrderCommand.PlaceOrder(
        id,
        userId,
        lines,
        Personal.of(userId, checked.address()),
        checked.paymentToken(),
        new Money(shop.orderMinimumMinorUnits(), shop.currency()),
        clock.instant());
  }

  private static PlaceOrderResponse response(
      CommandCall call, OrderId id, Accepted<Order, OrderEvent> accepted, String token) {
    Money total = Orders.contents(accepted.state()).orElseThrow().total();
    return PlaceOrderResponse.newBuilder()
        .setOrderId(id.toString())
        .setJobId(call.jobId().toString())
        .setConsistencyToken(token)
        .setRevision(accepted.revision())
        .setTotalMinorUnits(total.minorUnits())
        .setCurrency(total.currency().getCurrencyCode())
        .build();
  }
}
