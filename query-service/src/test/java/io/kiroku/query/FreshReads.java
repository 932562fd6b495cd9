package io.kiroku.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Channel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.proto.query.v1.GetProductRequest;
import io.kiroku.proto.query.v1.QueryServiceGrpc;
import io.kiroku.shared.ProductId;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Somebody who goes on creating products, and looks at each one, and at the one before, with what
/// he was told when he created it. He may be told to come back later, but never that it is not
/// there.
final class FreshReads implements AutoCloseable {
  private static final Set<Code> LATER = Set.of(Code.ABORTED, Code.UNAVAILABLE);
  private static final Duration PACE = Duration.ofMillis(25);

  private record Created(ProductId id, String token) {}

  private final CommandSide commands;
  private final Channel service;
  private final KeyPair keys;
  private final AtomicInteger created = new AtomicInteger();
  private final AtomicInteger shown = new AtomicInteger();
  private final Future<?> running;
  private volatile boolean enough;

  FreshReads(CommandSide commands, Channel service, KeyPair keys) {
    this.commands = commands;
    this.service = service;
    this.keys = keys;
    this.running = CompletableFuture.runAsync(this::run, work -> Thread.ofVirtual().start(work));
  }

  private void run() {
    Created before = create();
    while (!enough) {
      Created now = create();
      look(now);
      look(before);
      before = now;
      LockSupport.parkNanos(PACE.toNanos());
    }
  }

  private Created create() {
    ProductId id = new ProductId(UUID.randomUUID());
    String token = commands.createProduct(id);
    created.incrementAndGet();
    return new Created(id, token);
  }

  private void look(Created product) {
    try {
      var answer =
          QueryServiceGrpc.newBlockingStub(service)
              .withInterceptors(CallHeaders.of(keys, "", product.token()))
              .getProduct(
                  GetProductRequest.newBuilder().setProductId(product.id().toString()).build());
      assertThat(answer.hasProduct()).isTrue();
      shown.incrementAndGet();
    } catch (StatusRuntimeException refused) {
      assertThat(refused.getStatus().getCode()).isIn(LATER);
    }
  }

  int created() {
    return created.get();
  }

  /// Fails if anything stale was shown.
  @Override
  public void close() throws Exception {
    enough = true;
    running.get();
    assertThat(shown).hasPositiveValue();
  }
}
