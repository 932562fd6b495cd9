package io.kiroku.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.kiroku.command.events.StoredEvents;
import io.kiroku.decider.Personal;
import io.kiroku.eventstore.EventStore;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.StreamId;
import io.kiroku.ordering.Order;
import io.kiroku.ordering.OrderDecider;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.proto.privacy.v1.ErasePersonRequest;
import io.kiroku.proto.privacy.v1.ErasePersonResponse;
import io.kiroku.proto.privacy.v1.KeyPlace;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A person leaves; the log stays.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class PersonAdminIT {
  private static final String LEAVING = "leaving";

  @Inject EventStore store;
  @Inject PersonKeys keys;

  String adminToken;
  String customerToken;
  String leavingToken;
  Shop shop;

  @BeforeEach
  void orderedByWhoeverLeaves() {
    shop = new Shop(shop.channel(), adminToken, leavingToken);
  }

  @Test
  void an_erased_persons_orders_still_fold_and_tell_nothing_personal() {
    String product = shop.product(100);
    String order = shop.place(Shop.order(product, "tok_ok", "1000001")).getOrderId();
    assertThat(addressOf(order)).isInstanceOf(Personal.Known.class);

    ErasePersonResponse erased = erase(adminToken, LEAVING);
    ErasePersonResponse again = erase(adminToken, LEAVING);

    assertThat(addressOf(order)).isInstanceOf(Personal.Erased.class);
    assertThat(erased.getPlacesList())
        .extracting(KeyPlace::getPlace)
        .containsExactly("postgresql:person_key");
    assertThat(erased.getForgottenEverywhereAt().getSeconds())
        .isGreaterThan(erased.getErasedAt().getSeconds());
    assertThat(again).isEqualTo(erased);

    var refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> shop.place(Shop.order(product, "tok_ok", "1000001")));
    assertThat(refused.getStatus().getCode()).isEqualTo(Code.FAILED_PRECONDITION);
  }

  @Test
  void a_person_of_whom_nothing_was_stored_is_not_found() {
    assertThat(refusal(adminToken, "never seen")).isEqualTo(Code.NOT_FOUND);
  }

  @Test
  void a_blank_person_is_refused() {
    assertThat(refusal(adminToken, " ")).isEqualTo(Code.INVALID_ARGUMENT);
  }

  @Test
  void a_customer_erases_nobody() {
    assertThat(refusal(customerToken, "customer")).isEqualTo(Code.PERMISSION_DENIED);
  }

  private ErasePersonResponse erase(String token, String person) {
    return shop.personAdmin(token)
        .erasePerson(ErasePersonRequest.newBuilder().setPersonId(person).build());
  }

  private Code refusal(String token, String person) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> erase(token, person))
        .getStatus()
        .getCode();
  }

  /// As a process reads it that starts now.
  private Personal<?> addressOf(String order) {
    List<OrderEvent> history =
        store
            .read(StreamId.of("order", order), 0)
            .flatMap(StoredEvents.<OrderEvent>codec(keys)::decodeAll)
            .map(events -> events.stream().map(recorded -> recorded.event()).toList())
            .await()
            .atMost(Duration.ofSeconds(10));
    assertThat(new OrderDecider().fold(history)).isNotInstanceOf(Order.Absent.class);
    return ((OrderPlaced) history.getFirst()).address();
  }
}
