package io.kiroku.command.inventory;

import io.kiroku.command.call.CommandCall;
import io.kiroku.command.call.Fields;
import io.kiroku.command.catalog.Products;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.AdjustmentReason;
import io.kiroku.inventory.Stock;
import io.kiroku.inventory.StockCommand;
import io.kiroku.inventory.StockEvent;
import io.kiroku.proto.inventory.v1.AdjustStockRequest;
import io.kiroku.proto.inventory.v1.AdjustStockResponse;
import io.kiroku.proto.inventory.v1.ExpireReservationRequest;
import io.kiroku.proto.inventory.v1.ExpireReservationResponse;
import io.kiroku.proto.inventory.v1.InventoryService;
import io.kiroku.proto.inventory.v1.ReceiveStockRequest;
import io.kiroku.proto.inventory.v1.ReceiveStockResponse;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.Clock;

/// Takes in and corrects stock for writers.
@GrpcService
class InventoryGrpcService implements InventoryService {
  private final CommandHandler<StockCommand, Stock, StockEvent> stocks;
  private final Products products;
  private final Clock clock;

  InventoryGrpcService(
      CommandHandler<StockCommand, Stock, StockEvent> stocks, Products products, Clock clock) {
    this.stocks = stocks;
    this.products = products;
    this.clock = clock;
  }

  static StreamId stream(ProductId id) {
    return StreamId.of("stock", id.toString());
  }

  @Override
  public Uni<ReceiveStockResponse> receiveStock(ReceiveStockRequest request) {
    CommandCall call = CommandCall.begin("ReceiveStock", request);
    call.caller().requireWriter();
    ProductId id = validProduct(request.getProductId());
    Long expected = request.hasExpectedRevision() ? request.getExpectedRevision() : null;
    return products
        .exists(call.caller().tenant(), id)
        .map(exists ->
            new StockCommand.ReceiveStock(id, request.getQuantity(), exists, clock.instant()))
        .flatMap(command -> stocks.handle(stream(id), command, call.context(expected)))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    ReceiveStockResponse.newBuilder()
                        .setAvailable(accepted.state().available())
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<AdjustStockResponse> adjustStock(AdjustStockRequest request) {
    CommandCall call = CommandCall.begin("AdjustStock", request);
    call.caller().requireWriter();
    ProductId id = validProduct(request.getProductId());
    Long expected = request.hasExpectedRevision() ? request.getExpectedRevision() : null;
    return products
        .exists(call.caller().tenant(), id)
        .map(exists ->
            new StockCommand.AdjustStock(
                id,
                request.getDelta(),
                reason(request.getReasonCode()),
                request.getReason(),
                exists,
                clock.instant()))
        .flatMap(command -> stocks.handle(stream(id), command, call.context(expected)))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    AdjustStockResponse.newBuilder()
                        .setAvailable(accepted.state().available())
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  @Override
  public Uni<ExpireReservationResponse> expireReservation(ExpireReservationRequest request) {
    CommandCall call = CommandCall.begin("ExpireReservation", request);
    call.caller().requireWriter();
    Fields fields = new Fields();
    var order = fields.uuid("order_id", request.getOrderId());
    var product = fields.uuid("product_id", request.getProductId());
    fields.verify();
    ProductId id = new ProductId(product.orElseThrow());
    var command =
        new StockCommand.ExpireReservation(id, new OrderId(order.orElseThrow()), clock.instant());
    Long expected = request.hasExpectedRevision() ? request.getExpectedRevision() : null;
    return stocks
        .handle(stream(id), command, call.context(expected))
        .map(outcome ->
            call.answer(
                outcome,
                (accepted, token) ->
                    ExpireReservationResponse.newBuilder()
                        .setAvailable(accepted.state().available())
                        .setConsistencyToken(token)
                        .setRevision(accepted.revision())
                        .build()));
  }

  private static AdjustmentReason reason(io.kiroku.proto.inventory.v1.AdjustmentReason code) {
    return switch (code) {
      case ADJUSTMENT_REASON_COUNTED -> AdjustmentReason.COUNTED;
      case ADJUSTMENT_REASON_DAMAGED -> AdjustmentReason.DAMAGED;
      case ADJUSTMENT_REASON_LOST -> AdjustmentReason.LOST;
      case ADJUSTMENT_REASON_FOUND -> AdjustmentReason.FOUND;
      case ADJUSTMENT_REASON_OTHER, ADJUSTMENT_REASON_UNSPECIFIED, UNRECOGNIZED ->
          AdjustmentReason.OTHER;
    };
  }

  private static ProductId validProduct(String productId) {
    Fields fields = new Fields();
    var product = fields.uuid("product_id", productId);
    fields.verify();
    return new ProductId(product.orElseThrow());
  }
}
