package io.kiroku.command.inventory;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.request.Done;
import io.kiroku.command.request.RequestReader;
import io.kiroku.proto.inventory.v1.AdjustStockRequest;
import io.kiroku.proto.inventory.v1.AdjustStockResponse;
import io.kiroku.proto.inventory.v1.ExpireReservationRequest;
import io.kiroku.proto.inventory.v1.ExpireReservationResponse;
import io.kiroku.proto.inventory.v1.InventoryRequest;
import io.kiroku.proto.inventory.v1.ReceiveStockRequest;
import io.kiroku.proto.inventory.v1.ReceiveStockResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/// What programs ask of the inventory over Kafka. A command and the request of its method are the
/// same bytes.
@Singleton
class InventoryRequests implements RequestReader {
  private final InventoryGrpcService inventory;

  InventoryRequests(@GrpcService InventoryGrpcService inventory) {
    this.inventory = inventory;
  }

  @Override
  public String topic() {
    return "kiroku.inventory.requests";
  }

  @Override
  public Uni<Done> handle(ByteString envelope) throws InvalidProtocolBufferException {
    InventoryRequest request = InventoryRequest.parseFrom(envelope);
    return switch (request.getCommandCase()) {
      case RECEIVE_STOCK ->
          inventory
              .receiveStock(ReceiveStockRequest.parseFrom(request.getReceiveStock().toByteString()))
              .map(ReceiveStockResponse::getConsistencyToken)
              .map(Done::changed);
      case ADJUST_STOCK ->
          inventory
              .adjustStock(AdjustStockRequest.parseFrom(request.getAdjustStock().toByteString()))
              .map(AdjustStockResponse::getConsistencyToken)
              .map(Done::changed);
      case EXPIRE_RESERVATION ->
          inventory
              .expireReservation(
                  ExpireReservationRequest.parseFrom(request.getExpireReservation().toByteString()))
              .map(ExpireReservationResponse::getConsistencyToken)
              .map(Done::changed);
      case COMMAND_NOT_SET -> throw UnhandledCommand.unknown(request.getUnknownFields());
    };
  }
}
