package io.kiroku.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kiroku.client.ApiException;
import io.kiroku.client.KirokuClient;
import io.kiroku.client.PlacedOrder;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningPlatform.Extension.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
class IdempotencyIT {
  private final RunningPlatform platform;
  private TestShop shop;

  IdempotencyIT(RunningPlatform platform) {
    this.platform = platform;
    this.shop = new TestShop("", 0);
  }

  @BeforeEach
  void openShop() {
    platform.heal();
    shop = TestShop.withPieces(platform.staff(), 100);
  }

  /// Trap 7: idempotency by read-then-save has two winners.
  @Test
  void trap_7_the_same_command_ten_times_at_once_is_one_order_with_ten_equal_answers()
      throws Exception {
    String user = "ten-" + UUID.randomUUID();
    KirokuClient customer = platform.customer(user);
    List<PlacedOrder> answers = placeAtOnce(customer, 10, _ -> 1);

    assertThat(answers).hasSize(10);
    assertThat(answers).containsOnly(answers.getFirst());
    assertThat(ordersOf(user, answers.getFirst())).hasSize(1);
  }

  @Test
  void the_same_key_with_other_content_is_refused() {
    KirokuClient customer = platform.customer("reuse");
    String key = UUID.randomUUID().toString();
    customer.placeOrder(shop.order(1), key);

    var refused =
        catchThrowableOfType(ApiException.class, () -> customer.placeOrder(shop.order(2), key));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo("COMMAND_ID_REUSED");
  }

  @Test
  void when_two_contents_race_for_one_key_one_wins_and_the_others_are_refused() throws Exception {
    String user = "race-" + UUID.randomUUID();
    List<PlacedOrder> answers = placeAtOnce(platform.customer(user), 8, i -> 1 + i % 2);

    assertThat(answers).isNotEmpty().containsOnly(answers.getFirst());
    assertThat(ordersOf(user, answers.getFirst())).hasSize(1);
  }

  @Test
  void one_key_of_two_users_is_two_orders() {
    String key = UUID.randomUUID().toString();
    PlacedOrder first = platform.customer("one").placeOrder(shop.order(1), key);
    PlacedOrder second = platform.customer("two").placeOrder(shop.order(1), key);

    assertThat(second.orderId()).isNotEqualTo(first.orderId());
  }

  /// The accepted answers; a refusal must be COMMAND_ID_REUSED.
  private List<PlacedOrder> placeAtOnce(
      KirokuClient customer, int times, java.util.function.IntUnaryOperator quantity)
      throws Exception {
    String key = UUID.randomUUID().toString();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PlacedOrder>> calls =
          IntStream.range(0, times)
              .mapToObj(i ->
                  threads.submit(
                      () -> customer.placeOrder(shop.order(quantity.applyAsInt(i)), key)))
              .toList();
      return calls.stream().flatMap(IdempotencyIT::accepted).toList();
    }
  }

  private static java.util.stream.Stream<PlacedOrder> accepted(Future<PlacedOrder> call) {
    try {
      return java.util.stream.Stream.of(call.get());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (java.util.concurrent.ExecutionException e) {
      assertThat(e.getCause())
          .isInstanceOfSatisfying(
              ApiException.class,
              refused -> assertThat(refused.code()).isEqualTo("COMMAND_ID_REUSED"));
      return java.util.stream.Stream.empty();
    }
  }

  private List<String> ordersOf(String user, PlacedOrder atLeast) {
    org.awaitility.Awaitility.await()
        .ignoreExceptions()
        .until(() -> platform.customer(user).order(atLeast.orderId(), null) != null);
    return platform.customer(user).orders().stream().map(order -> order.orderId()).toList();
  }
}
