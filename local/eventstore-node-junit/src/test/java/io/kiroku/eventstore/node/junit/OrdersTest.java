package io.kiroku.eventstore.node.junit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.ReadStreamOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// How a test with a client looks.
@EventStoreNode
@SuppressWarnings("NullAway.Init") // set before all tests
final class OrdersTest {
  private static EventStoreDBClient client;

  @BeforeAll
  static void connect(@ConnectionString String node) {
    client = EventStoreDBClient.create(EventStoreDBConnectionString.parseOrThrow(node));
  }

  @AfterAll
  static void disconnect() throws Exception {
    client.shutdown().get();
  }

  @Test
  void an_order_is_appended() throws Exception {
    EventData placed = EventDataBuilder.json("order-placed", "{}".getBytes(UTF_8)).build();
    client.appendToStream("order-1", placed).get();
    assertThat(client.readStream("order-1", ReadStreamOptions.get()).get().getEvents())
        .singleElement()
        .satisfies(read -> assertThat(read.getEvent().getEventType()).isEqualTo("order-placed"));
  }
}
