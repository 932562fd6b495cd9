package io.kiroku.bench.readside;

import io.kiroku.bench.AdminCalls;
import io.kiroku.bench.ClosedLoop;
import io.kiroku.bench.Log;
import io.kiroku.bench.Table;
import io.kiroku.proto.query.v1.AsOf;
import io.kiroku.proto.query.v1.GetOrderRequest;
import io.kiroku.proto.query.v1.GetProductAsOfRequest;
import io.kiroku.proto.query.v1.HistoryServiceGrpc;
import io.kiroku.proto.query.v1.ListOrdersRequest;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.shared.OrderId;
import io.kiroku.shared.ProductId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/// How many queries are answered through gRPC, and how soon.
final class AnswerTimes {
  private static final int CLIENTS = 16;
  private static final int PAGE = 50;
  private static final int LONG_STREAM = 1_000;

  private final AdminCalls queries;
  private final Duration length;
  private final Table table;

  AnswerTimes(AdminCalls queries, int orders, Duration length) {
    this.queries = queries;
    this.length = length;
    this.table =
        new Table(
            "Queries, %,d orders".formatted(orders),
            "query",
            "clients",
            "queries/s",
            "p50 ms",
            "p99 ms");
  }

  Table run(List<OrderId> orders, Log log) {
    measure("order by id", () -> byId(any(orders)));
    measure("page of 50, by customer", this::byCustomer);
    measure("page of 50, by status", this::byStatus);
    ProductId product = longStream(log);
    measure("product as of a revision of 1,000", () -> asOf(product));
    return table;
  }

  private void measure(String what, Runnable query) {
    for (int clients : new int[] {1, CLIENTS}) {
      ClosedLoop.run(clients, length.dividedBy(3), _ -> query);
      var result = ClosedLoop.run(clients, length, _ -> query);
      table.row(
          what,
          clients,
          result.perSecond(),
          result.samples().millisAt(0.5),
          result.samples().millisAt(0.99));
    }
  }

  private QueryServiceGrpc.QueryServiceBlockingStub stub() {
    return queries.stub(QueryServiceGrpc::newBlockingStub);
  }

  private void byId(OrderId order) {
    var _ = stub().getOrder(GetOrderRequest.newBuilder().setOrderId(order.toString()).build());
  }

  private void byCustomer() {
    String user = Filling.user(ThreadLocalRandom.current().nextInt(Filling.USERS));
    var _ =
        stub().listOrders(ListOrdersRequest.newBuilder().setPageSize(PAGE).setUserId(user).build());
  }

  private void byStatus() {
    var _ =
        stub()
            .listOrders(
                ListOrdersRequest.newBuilder().setPageSize(PAGE).setStatus("DRAFT").build());
  }

  private void asOf(ProductId product) {
    long revision = ThreadLocalRandom.current().nextLong(LONG_STREAM);
    var _ =
        queries
            .stub(HistoryServiceGrpc::newBlockingStub)
            .getProductAsOf(
                GetProductAsOfRequest.newBuilder()
                    .setProductId(product.toString())
                    .setAsOf(AsOf.newBuilder().setRevision(revision))
                    .build());
  }

  private static ProductId longStream(Log log) {
    ProductId product = new ProductId(UUID.randomUUID());
    var _ = Filling.product(log, product, LONG_STREAM).await().atMost(Duration.ofSeconds(60));
    return product;
  }

  private static OrderId any(List<OrderId> orders) {
    return orders.get(ThreadLocalRandom.current().nextInt(orders.size()));
  }
}
