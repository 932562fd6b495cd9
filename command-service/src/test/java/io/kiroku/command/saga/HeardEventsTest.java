package io.kiroku.command.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.command.fulfillment.FulfillmentSaga;
import io.kiroku.command.personalkeys.PersonKeysUnavailable;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventStoreUnavailable;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.samples.Samples;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class HeardEventsTest {
  private final InMemoryEventStore store = new InMemoryEventStore();
  private final Vertx vertx = Vertx.vertx();
  // Connects to nothing: what is set aside is only remembered here.
  private final SagaParking parking =
      new SagaParking(
          new ParkedSagas(
              Pool.newInstance(
                  PgBuilder.pool()
                      .connectingTo(new PgConnectOptions())
                      .using(vertx.getDelegate())
                      .build())),
          store);

  @AfterEach
  void close() {
    vertx.close().await().indefinitely();
  }

  static Stream<RuntimeException> dependenciesThatAreAway() {
    return Stream.of(
        new PersonKeysUnavailable(new IOException("Connection refused")),
        new EventStoreUnavailable("away", null),
        new TimeoutException());
  }

  /// Trap 28: what is away for a minute is waited for, it is not the fault of those who need it.
  @ParameterizedTest(name = "{0}")
  @MethodSource("dependenciesThatAreAway")
  void trap_28_no_saga_is_set_aside_because_a_dependency_is_away(RuntimeException away) {
    assertThatThrownBy(() -> events(away).in(List.of(placed()), parking)).isSameAs(away);

    assertThat(parking.size()).isZero();
  }

  @Test
  void the_saga_of_an_event_that_cannot_be_read_is_set_aside() {
    var unreadable = new IllegalStateException("no such field");

    assertThat(events(unreadable).in(List.of(placed()), parking)).isEmpty();

    assertThat(parking.size()).isEqualTo(1);
  }

  private HeardEvents events(RuntimeException failure) {
    var rules = new OrderFulfillment(FulfillmentSettings.DEFAULTS);
    var sagas = new SagaRegistry(List.of(new FulfillmentSaga(rules)), store);
    return new HeardEvents(new FailingCodec(failure), sagas);
  }

  private static RecordedEvent placed() {
    UUID id = UUID.randomUUID();
    return new RecordedEvent(
        id,
        StreamId.of("order", Samples.ORDER.toString()),
        0,
        7,
        Instant.EPOCH,
        "order-placed.v1",
        new byte[0],
        new EventMetadata(id, id, id, "", "customer", "default", null, null, null));
  }

  /// Reads nothing.
  private record FailingCodec(RuntimeException failure) implements EventCodec<Object> {
    private static final EventCodec<Object> REAL = StoredEvents.codec(PersonKeys.NONE);

    @Override
    public String typeOf(Object event) {
      return REAL.typeOf(event);
    }

    @Override
    public Uni<List<byte[]>> encodeAll(String tenant, List<?> events) {
      return REAL.encodeAll(tenant, events);
    }

    @Override
    public Uni<List<Recorded<Object>>> decodeAll(List<RecordedEvent> events) {
      return Uni.createFrom().failure(failure);
    }
  }
}
