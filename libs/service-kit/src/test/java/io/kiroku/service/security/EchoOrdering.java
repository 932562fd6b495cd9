package io.kiroku.service.security;

import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.proto.ordering.v1.MutinyOrderingServiceGrpc.OrderingServiceImplBase;
import io.kiroku.proto.ordering.v1.PlaceOrderRequest;
import io.kiroku.proto.ordering.v1.PlaceOrderResponse;
import io.kiroku.service.error.Errors;
import io.kiroku.service.tracing.Traces;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/// Tells what reached it, after a moment elsewhere. Of the service's methods it has one only.
@GrpcService
class EchoOrdering extends OrderingServiceImplBase {
  @Override
  public Uni<PlaceOrderResponse> placeOrder(PlaceOrderRequest request) {
    RequestContext context = RequestContext.current();
    ResponseTrailers trailers = ResponseTrailers.current();
    return switch (request.getPaymentToken()) {
      case "throw" -> throw new IllegalStateException("password=secret");
      case "fail" -> Uni.createFrom().failure(new IllegalStateException("password=secret"));
      case "refuse" ->
          Uni.createFrom().failure(Errors.invalid("items[0].quantity", "must be at least 1"));
      case "down" -> Uni.createFrom().failure(new EventStoreUnavailable("at 10.0.0.3", null));
      case "writer" -> throwing(context);
      default ->
          Uni.createFrom()
              .item(() -> answer(context))
              .onItem()
              .delayIt()
              .by(Duration.ofMillis(20))
              .invoke(() -> trailers.consistencyToken("token-of-" + context.caller().userId()));
    };
  }

  private static Uni<PlaceOrderResponse> throwing(RequestContext context) {
    context.caller().requireWriter();
    return Uni.createFrom().item(answer(context));
  }

  private static PlaceOrderResponse answer(RequestContext context) {
    return PlaceOrderResponse.newBuilder()
        .setOrderId(context.caller().userId())
        .setJobId(context.caller().tenant() + context.caller().roles().size())
        .setConsistencyToken(Traces.current())
        .setCurrency(String.valueOf(context.idempotencyKey()))
        .build();
  }
}
