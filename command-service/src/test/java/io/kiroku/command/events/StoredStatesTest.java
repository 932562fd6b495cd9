package io.kiroku.command.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kiroku.catalog.CategoryTreeDecider;
import io.kiroku.catalog.ProductDecider;
import io.kiroku.catalog.ShelfDecider;
import io.kiroku.decider.Decider;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.Folded;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.InMemorySnapshotStore;
import io.kiroku.eventstore.NewEvent;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.SnapshotPolicy;
import io.kiroku.eventstore.Snapshots;
import io.kiroku.eventstore.StateShape;
import io.kiroku.eventstore.StreamId;
import io.kiroku.inventory.StockDecider;
import io.kiroku.ordering.OrderDecider;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentDecider;
import io.kiroku.samples.Samples;
import io.kiroku.shipping.ShipmentDecider;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Every state that the sample events lead to, alone and one after the other, is the same after a
/// snapshot.
@DisplayNameGeneration(ReplaceUnderscores.class)
class StoredStatesTest {
  private static final StreamId STREAM = StreamId.of("sample", "1");
  private static final SnapshotPolicy ALWAYS = new SnapshotPolicy(1);

  private final Keys keys = new Keys();

  @Test
  void trees_of_categories() {
    check(new CategoryTreeDecider(), StoredStates.CATEGORY_TREE, Samples.CATEGORY_EVENTS);
  }

  @Test
  void products() {
    check(new ProductDecider(), StoredStates.PRODUCT, Samples.PRODUCT_EVENTS);
  }

  @Test
  void shelves() {
    check(new ShelfDecider(), StoredStates.SHELF, Samples.SHELF_EVENTS);
  }

  @Test
  void stocks() {
    check(new StockDecider(), StoredStates.STOCK, Samples.STOCK_EVENTS);
  }

  @Test
  void orders() {
    check(new OrderDecider(), StoredStates.ORDER, Samples.ORDER_EVENTS);
  }

  @Test
  void payments() {
    check(new PaymentDecider(), StoredStates.PAYMENT, Samples.PAYMENT_EVENTS);
  }

  @Test
  void shipments() {
    check(new ShipmentDecider(), StoredStates.SHIPMENT, Samples.SHIPMENT_EVENTS);
  }

  @Test
  void personal_values_are_encrypted_in_snapshots_and_erased_with_their_person() {
    List<OrderEvent> placed = List.of(Samples.ORDER_PLACED);
    var process = new Reader<>(new OrderDecider(), StoredStates.ORDER, placed);
    process.load();

    String kept = process.keptText();
    assertThat(kept).contains("\"person\"").doesNotContain(Samples.ADDRESS.recipient());

    keys.byPerson.clear();
    assertThat(process.load().state().toString()).contains("Erased");
  }

  private <C, S, E> void check(Decider<C, S, E> decider, StateShape<S> shape, List<E> events) {
    for (int i = 0; i < events.size(); i++) {
      checkOne(decider, shape, List.of(events.get(i)));
      checkOne(decider, shape, events.subList(0, i + 1));
    }
  }

  private <C, S, E> void checkOne(Decider<C, S, E> decider, StateShape<S> shape, List<E> events) {
    var process = new Reader<>(decider, shape, events);

    Folded<S> fromEvents = process.load();
    int snapshotsBefore = process.kept.count();
    Folded<S> fromSnapshot = process.load();

    assertThat(fromSnapshot).isEqualTo(fromEvents);
    // Had the snapshot not been used, the second process would have made another.
    assertThat(process.kept.count()).isEqualTo(snapshotsBefore).isPositive();
  }

  /// One stream, and processes that load it anew each time.
  private final class Reader<C, S, E> {
    final InMemorySnapshotStore kept = new InMemorySnapshotStore();
    private final InMemoryEventStore store = new InMemoryEventStore();
    private final Decider<C, S, E> decider;
    private final StateShape<S> shape;

    Reader(Decider<C, S, E> decider, StateShape<S> shape, List<E> events) {
      this.decider = decider;
      this.shape = shape;
      List<byte[]> data = await(StoredEvents.<E>codec(keys).encodeAll("default", events));
      UUID id = new UUID(1, 1);
      var metadata = new EventMetadata(id, id, id, "hash", "alice", "default", null, null, null);
      List<NewEvent> all = new ArrayList<>();
      for (int i = 0; i < events.size(); i++) {
        String type = StoredEvents.ALL.nameOf(events.get(i).getClass());
        all.add(new NewEvent(new UUID(2, i), type, data.get(i), metadata));
      }
      await(store.append(STREAM, -1, all));
    }

    Folded<S> load() {
      var snapshots = new Snapshots<>(kept, ALWAYS, shape, keys);
      return await(
          new CommandHandler<>(
                  decider,
                  StoredEvents.codec(keys),
                  store,
                  snapshots,
                  OlderCommands.scanning(store),
                  HandlerLimits.DEFAULT)
              .load(STREAM));
    }

    /// The snapshot as anybody could read it who has the store.
    String keptText() {
      byte[] part = await(kept.latest(new StreamId("snapshot_" + STREAM), 1)).getFirst().data();
      try (var content = new DataInputStream(new ByteArrayInputStream(content(part)));
          var gzip = new GZIPInputStream(limited(content, content.readInt()))) {
        return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static InputStream limited(InputStream content, int length) throws IOException {
      return new ByteArrayInputStream(content.readNBytes(length));
    }

    private static byte[] content(byte[] part) throws IOException {
      return new ObjectMapper().readTree(part).get("content").binaryValue();
    }
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(10));
  }

  private static final class Keys implements PersonKeys {
    private final Map<String, byte[]> byPerson = new ConcurrentHashMap<>();

    @Override
    public Uni<Optional<byte[]>> find(String tenant, String person) {
      return Uni.createFrom().item(Optional.ofNullable(byPerson.get(person)));
    }

    @Override
    public Uni<byte[]> obtain(String tenant, String person) {
      return Uni.createFrom().item(byPerson.computeIfAbsent(person, _ -> new byte[32]));
    }
  }
}
