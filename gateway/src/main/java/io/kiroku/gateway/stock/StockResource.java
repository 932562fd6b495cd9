package io.kiroku.gateway.stock;

import io.kiroku.gateway.request.Checks;
import io.kiroku.gateway.request.CurrentRequest;
import io.kiroku.gateway.wire.Answers;
import io.kiroku.proto.inventory.v1.MutinyInventoryServiceGrpc.MutinyInventoryServiceStub;
import io.kiroku.proto.inventory.v1.ReceiveStockRequest;
import io.kiroku.proto.query.v1.GetStockRequest;
import io.kiroku.proto.query.v1.MutinyQueryServiceGrpc.MutinyQueryServiceStub;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

@Path("/api/v1/products/{productId}")
class StockResource {
  private final MutinyInventoryServiceStub inventory;
  private final MutinyQueryServiceStub queries;
  private final CurrentRequest current;

  StockResource(
      @GrpcClient("command") MutinyInventoryServiceStub inventory,
      @GrpcClient("query") MutinyQueryServiceStub queries,
      CurrentRequest current) {
    this.inventory = inventory;
    this.queries = queries;
    this.current = current;
  }

  @POST
  @Path("/stock-receipts")
  public Uni<RestResponse<ReceivedStock>> receive(String productId, @Nullable StockReceipt body) {
    current.caller().requireWriter();
    String id = Checks.pathId("productId", productId);
    StockReceipt receipt = Checks.body(body);
    ReceiveStockRequest request =
        receipt.toRequest(id, current.expectedRevision(receipt.expectedRevision()));
    return current
        .attachTo(inventory)
        .receiveStock(request)
        .map(received ->
            Answers.created(
                "/api/v1/products/" + id + "/stock",
                new ReceivedStock(id, received.getAvailable(), received.getRevision()),
                received.getConsistencyToken(),
                received.getRevision()));
  }

  @GET
  @Path("/stock")
  public Uni<RestResponse<Stock>> get(String productId) {
    String id = Checks.pathId("productId", productId);
    return current
        .attachTo(queries)
        .getStock(GetStockRequest.newBuilder().setProductId(id).build())
        .map(answer -> Answers.shown(Stock.of(answer.getStock()), answer.getStock().getRevision()));
  }
}
