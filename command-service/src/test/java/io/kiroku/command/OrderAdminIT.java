package io.kiroku.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.proto.ordering.v1.ListOrdersRequest;
import io.kiroku.proto.ordering.v1.ListOrdersResponse;
import io.kiroku.proto.ordering.v1.Order;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The write model of orders, read through Hibernate where the publisher wrote it.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class OrderAdminIT {
  private static final Duration PUBLISHED_MOST = Duration.ofSeconds(40);
  private static final String CUSTOMER = "customer";

  @Inject Pool pool;

  String adminToken;
  String customerToken;
  Shop shop;

  @Test
  void orders_come_newest_first_and_each_on_one_page() {
    String product = shop.product(100);
    List<String> placed = Stream.generate(() -> place(product)).limit(3).toList();
    awaitListed(placed.getLast(), "");

    List<String> listed = new ArrayList<>();
    String token = "";
    do {
      ListOrdersResponse page = list(request("", CUSTOMER).setPageSize(2).setPageToken(token));
      assertThat(page.getOrdersCount()).isBetween(1, 2);
      page.getOrdersList().forEach(order -> listed.add(order.getOrderId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(listed).doesNotHaveDuplicates().containsSubsequence(placed.reversed());
  }

  @Test
  void an_order_is_found_by_what_has_become_of_it() {
    String placed = place(shop.product(100));

    Order order = awaitListed(placed, "CONFIRMED");

    assertThat(order.getUserId()).isEqualTo(CUSTOMER);
    assertThat(order.getTotalMinorUnits()).isEqualTo(3_000);
    assertThat(order.getCurrency()).isEqualTo("JPY");
    assertThat(order.getPlacedAt().getSeconds()).isPositive();
    assertThat(order.getRevision()).isPositive();
    assertThat(listed(placed, "PLACED")).isEmpty();
  }

  @Test
  void only_the_tenants_orders_of_the_asked_for_user_are_listed() {
    awaitListed(place(shop.product(100)), "");
    insert("of-somebody", "default", "somebody");
    insert("of-another-tenant", "another", "somebody");

    assertThat(list(request("", "somebody")).getOrdersList())
        .extracting(Order::getOrderId)
        .containsExactly("of-somebody");
    assertThat(list(request("", "nobody")).getOrdersList()).isEmpty();
  }

  @Test
  void a_customer_sees_none_of_it() {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> shop.orderAdmin(customerToken).listOrders(request("", "").build()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.PERMISSION_DENIED);
  }

  @ParameterizedTest
  @CsvSource({"LOST, 0, '', status", "'', 201, '', page_size", "'', 0, none, page_token"})
  void a_wrong_field_is_named(String status, int size, String token, String field) {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> list(request(status, "").setPageSize(size).setPageToken(token)));
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(refused.getStatus().getDescription()).startsWith(field);
  }

  private String place(String product) {
    return shop.place(Shop.order(product, "tok_ok", "1000001")).getOrderId();
  }

  private Order awaitListed(String orderId, String status) {
    return await()
        .atMost(PUBLISHED_MOST)
        .until(() -> listed(orderId, status), found -> !found.isEmpty())
        .getFirst();
  }

  private List<Order> listed(String orderId, String status) {
    return list(request(status, CUSTOMER)).getOrdersList().stream()
        .filter(order -> order.getOrderId().equals(orderId))
        .toList();
  }

  private static ListOrdersRequest.Builder request(String status, String user) {
    return ListOrdersRequest.newBuilder().setStatus(status).setUserId(user);
  }

  private ListOrdersResponse list(ListOrdersRequest.Builder request) {
    return shop.orderAdmin(adminToken).listOrders(request.build());
  }

  private void insert(String orderId, String tenant, String owner) {
    String sql =
        "INSERT INTO order_row VALUES ('%s', '%s', '%s', 'PLACED', 1000, 'JPY', now(), 0, 0)"
            .formatted(orderId, tenant, owner);
    pool.query(sql).execute().await().atMost(Duration.ofSeconds(10));
  }
}
