package io.kiroku.query.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.StreamId;
import io.kiroku.proto.query.v1.Order;
import io.kiroku.query.order.ShownOrder;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderWatchTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final StreamId STREAM = StreamId.of("order", "1");
  private static final ShownOrder PLACED =
      new ShownOrder(Order.newBuilder().setStatus("PLACED").build(), Map.of(STREAM, 0L));

  @Test
  void a_client_without_room_is_cut_off_with_where_to_resume() {
    var watch =
        new OrderWatch(
            "default",
            () -> Uni.createFrom().item(PLACED),
            _ -> Uni.createFrom().voidItem(),
            new Outbound(() -> false),
            Duration.ofMillis(50));
    for (long revision = 1; revision < 100; revision++) {
      watch.changes().note(STREAM, revision);
    }
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> watch.from(PLACED, Map.of()).collect().asList().await().atMost(SOON));
    assertThat(failure)
        .returns(Code.RESOURCE_EXHAUSTED, it -> it.getStatus().getCode())
        .hasMessageContaining("resume after the last token.");
  }
}
