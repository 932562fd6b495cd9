package io.kiroku.e2e;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.launcher.platform.ServiceChannel;
import io.kiroku.launcher.platform.Tokens.Role;
import io.kiroku.proto.inventory.v1.InventoryServiceGrpc;
import io.kiroku.proto.inventory.v1.InventoryServiceGrpc.InventoryServiceBlockingStub;
import io.kiroku.proto.inventory.v1.ReceiveStockRequest;
import io.kiroku.proto.inventory.v1.ReceiveStockResponse;
import io.kiroku.proto.query.v1.GetStockRequest;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.proto.query.v1.QueryServiceGrpc.QueryServiceBlockingStub;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/// The only writer of one product's stock, who looks at it after every command: first without the
/// token, then with it.
final class ReadYourWrites {
  private static final Set<Code> ASK_AGAIN = Set.of(Code.ABORTED, Code.UNAVAILABLE);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int ATTEMPTS = 600;

  private final String product;
  private final InventoryServiceBlockingStub commands;
  private final QueryServiceBlockingStub queries;
  private int staleWithout;
  private int staleWithToken;
  private int askedAgain;

  ReadYourWrites(String product, ServiceChannel commands, ServiceChannel queries) {
    this.product = product;
    this.commands = commands.as(Role.admin, "staff", InventoryServiceGrpc::newBlockingStub);
    this.queries = queries.as(Role.admin, "staff", QueryServiceGrpc::newBlockingStub);
  }

  void run(int pairs) {
    for (int i = 0; i < pairs; i++) {
      ReceiveStockResponse written =
          ServiceChannel.keyed(commands, UUID.randomUUID().toString())
              .receiveStock(
                  ReceiveStockRequest.newBuilder().setProductId(product).setQuantity(1).build());
      staleWithout += available("") < written.getAvailable() ? 1 : 0;
      staleWithToken += available(written.getConsistencyToken()) < written.getAvailable() ? 1 : 0;
    }
  }

  /// Pieces that the query side shows.
  private long available(String token) {
    var request = GetStockRequest.newBuilder().setProductId(product).build();
    var asked =
        token.isEmpty() ? queries : ServiceChannel.with(queries, "consistency-token", token);
    for (int attempt = 1; ; attempt++) {
      try {
        return asked.getStock(request).getStock().getAvailable();
      } catch (StatusRuntimeException notNow) {
        if (!ASK_AGAIN.contains(notNow.getStatus().getCode()) || attempt == ATTEMPTS) {
          throw notNow;
        }
        askedAgain++;
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  int staleWithout() {
    return staleWithout;
  }

  int staleWithToken() {
    return staleWithToken;
  }

  int askedAgain() {
    return askedAgain;
  }
}
