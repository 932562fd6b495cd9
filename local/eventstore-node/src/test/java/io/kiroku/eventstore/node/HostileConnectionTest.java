package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.eventstore.dbclient.CreatePersistentSubscriptionToAllOptions;
import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.EventDataBuilder;
import com.eventstore.dbclient.EventStoreDBClient;
import com.eventstore.dbclient.EventStoreDBConnectionString;
import com.eventstore.dbclient.EventStoreDBPersistentSubscriptionsClient;
import com.eventstore.dbclient.ReadStreamOptions;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.kiroku.eventstore.node.proto.persistent.Persistent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Connections that no client of good will makes, to a program of its own with 256 MiB of heap:
/// others are served all the time, and what it keeps stays bounded.
@SuppressWarnings("NullAway.Init") // set before all tests
final class HostileConnectionTest {
  private static final String HOST = "127.0.0.1";
  private static final long LIVE_BYTES_MAX = 176 << 20;
  private static final int IDLE = 2_000;
  private static final int HALF_REQUESTS = 400;
  private static final int UNREAD = 60;

  private static NodeProcess node;
  private static EventStoreDBClient client;
  private static EventStoreDBPersistentSubscriptionsClient groups;

  @BeforeAll
  static void startNode() throws Exception {
    node = new NodeProcess("--port", "0", "--storage", "postgres:" + Postgres.database());
    var settings = EventStoreDBConnectionString.parseOrThrow(node.connectionString());
    client = EventStoreDBClient.create(settings);
    groups = EventStoreDBPersistentSubscriptionsClient.create(settings);
  }

  @AfterAll
  static void killNode() throws Exception {
    node.close();
    var _ = client.shutdown();
    var _ = groups.shutdown();
  }

  @Test
  void thousands_of_idle_connections_hinder_nobody() throws Exception {
    List<RawHttp2> idle = new ArrayList<>();
    try {
      for (int i = 0; i < IDLE; i++) {
        idle.add(new RawHttp2(HOST, node.port()).agreed());
      }
      assertOthersAreServed();
    } finally {
      for (RawHttp2 connection : idle) {
        connection.close();
      }
    }
  }

  @Test
  void garbage_and_connections_that_break_off_hinder_nobody() throws Exception {
    Random random = new Random(Long.getLong("kiroku.node.seed", 1));
    for (int i = 0; i < 100; i++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
        byte[] garbage = new byte[random.nextInt(5_000)];
        random.nextBytes(garbage);
        socket.getOutputStream().write(garbage);
      }
      breakOff(random);
    }
    assertOthersAreServed();
  }

  private static void breakOff(Random random) throws IOException {
    try (RawHttp2 connection = new RawHttp2(HOST, node.port()).agreed()) {
      connection.call(1, RawCalls.APPEND);
      byte[] whole = Requests.options(Requests.appendTo("broken")).toByteArray();
      connection.message(1, whole.length, whole);
      byte[] garbage = new byte[1 + random.nextInt(1_000)];
      random.nextBytes(garbage);
      switch (random.nextInt(4)) {
        case 0 -> connection.frame(random.nextInt(12), random.nextInt(256), 1, garbage);
        case 1 -> connection.message(1, Integer.MAX_VALUE, garbage);
        case 2 -> connection.message(1, garbage.length + 10, garbage);
        default -> connection.bytes(garbage);
      }
      connection.abort();
    }
  }

  @Test
  void half_requests_give_way_to_whole_ones() throws Exception {
    ByteString big = ByteString.copyFrom(new byte[500_000]);
    assertHarmless(
        Requests.options(Requests.appendTo("half")),
        Requests.proposed(Requests.proposal().setData(big)));
  }

  @Test
  void half_requests_keep_nothing_of_their_options_that_is_not_needed() throws Exception {
    assertHarmless(
        Requests.options(Requests.appendTo("half").setUnknownFields(Requests.unknown(700_000))));
  }

  /// Many calls that say this and the beginning of one message more.
  private static void assertHarmless(MessageLite... messages) throws Exception {
    List<RawHttp2> half = new ArrayList<>();
    try {
      for (int i = 0; i < HALF_REQUESTS; i++) {
        RawHttp2 connection = new RawHttp2(HOST, node.port()).agreed();
        half.add(connection);
        connection.call(1, RawCalls.APPEND);
        for (MessageLite message : messages) {
          byte[] bytes = message.toByteArray();
          connection.message(1, bytes.length, bytes);
        }
        connection.message(1, 10_000_000, new byte[100_000]);
      }
      assertOthersAreServed();
    } finally {
      for (RawHttp2 connection : half) {
        connection.close();
      }
    }
  }

  @Test
  void trap_15_clients_that_never_read_hinder_nobody() throws Exception {
    for (int i = 0; i < 50; i++) {
      client.appendToStream("big", big()).get();
    }
    groups.createToAll("unread", CreatePersistentSubscriptionToAllOptions.get().fromStart()).get();
    List<RawCalls> clients = new ArrayList<>();
    try {
      for (int i = 0; i < UNREAD; i++) {
        RawCalls unread = new RawCalls(HOST, node.port());
        clients.add(unread);
        var all = Requests.readAll().setCount(-1);
        var stream = Requests.readOf("big").setCount(-1);
        unread.unread(RawCalls.READ, Requests.request(i % 2 == 0 ? all : stream)).halfClose();
        var subscription = Requests.subscription(i % 2 == 0 ? stream : all);
        unread.unread(RawCalls.READ, Requests.request(subscription)).halfClose();
      }
      var _ = clients.getFirst().unread(RawCalls.GROUP + "Read", consumer());
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> groups.getInfoToAll("unread").get().orElseThrow().getConnections().size() == 1);
      for (int i = 0; i < 20; i++) {
        client.appendToStream("big", big()).get();
      }
      assertOthersAreServed();
    } finally {
      clients.forEach(RawCalls::close);
    }
  }

  private static EventData[] big() {
    EventData[] events = new EventData[16];
    for (int i = 0; i < events.length; i++) {
      events[i] = EventDataBuilder.binary(UUID.randomUUID(), "big.v1", new byte[60_000]).build();
    }
    return events;
  }

  private static Persistent.ReadReq consumer() {
    return Persistent.ReadReq.newBuilder()
        .setOptions(
            Persistent.ReadReq.Options.newBuilder()
                .setAll(Requests.EMPTY)
                .setGroupName("unread")
                .setBufferSize(Integer.MAX_VALUE))
        .build();
  }

  private static void assertOthersAreServed() throws Exception {
    String another = "another-" + UUID.randomUUID();
    NodeTest.result(client.appendToStream(another, NodeTest.events(3)));
    var read = client.readStream(another, ReadStreamOptions.get().fromStart());
    assertThat(NodeTest.result(read).getEvents()).hasSize(3);
    assertThat(node.liveBytes()).isLessThan(LIVE_BYTES_MAX);
  }
}
