package io.kiroku.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ShelfEvent;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.saga.SagaEvent;
import io.kiroku.shipping.ShipmentEvent;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Events are never rewritten, so what was stored once has to be read for ever: one file per stored
/// name and version. A missing file is written with `-Dgolden.write=true`; none is ever
/// overwritten.
@DisplayNameGeneration(ReplaceUnderscores.class)
class GoldenEventsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final String CHANGED =
      """
      %s is not stored as it was. Events in the log keep the old shape for ever. Either undo the \
      change, or give the new shape the next version in @EventType, keep the old file, add a \
      @Formerly that reads the old version as the new one, and write the new file with \
      -Dgolden.write=true\
      """;
  private static final String UNREADABLE =
      "%s: today's code no longer reads what is in the log. It needs an upcast from this version";
  private static final String MISSING =
      "%s has no golden file. Write it with -Dgolden.write=true, read it, and commit it";
  private static final String ONE_FILE_EACH =
      """
      Every version that was ever stored keeps its golden file, and every file is of a version that \
      is stored or upcast. A version without a file: write it with -Dgolden.write=true. A file \
      without a version: its event was renamed or removed, but the log still holds it\
      """;
  private static final JsonMapper JSON = new JsonMapper();
  private static final UUID NIL = new UUID(0, 0);

  private static final EventTypes TYPES =
      EventTypes.of(CategoryEvent.class)
          .with(ProductEvent.class)
          .with(ShelfEvent.class)
          .with(StockEvent.class)
          .with(OrderEvent.class)
          .with(PaymentEvent.class)
          .with(ShipmentEvent.class)
          .with(SagaEvent.class, FulfillmentCommand.class);

  private static final EventCodec<Object> CODEC =
      JsonEventCodec.of(TYPES, new OneKey(), Upcasters.NONE);

  static Stream<Object> samples() {
    return Samples.all().stream();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void todays_code_reads_what_was_stored(Object sample) throws IOException {
    assertThat(await(CODEC.decode(recorded(CODEC.typeOf(sample), golden(sample)))))
        .as(UNREADABLE, CODEC.typeOf(sample))
        .isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void todays_code_stores_what_it_did(Object sample) throws IOException {
    assertThat(readable(await(CODEC.encode("default", sample))))
        .as(CHANGED, CODEC.typeOf(sample))
        .isEqualTo(readable(golden(sample)));
  }

  @Test
  void every_stored_name_has_its_file_and_every_file_its_name() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      Set<String> names =
          files
              .map(file -> file.getFileName().toString().replaceAll("\\.json$", ""))
              .collect(Collectors.toSet());
      Set<String> known = new HashSet<>(TYPES.names());
      known.addAll(TYPES.formerNames());
      assertThat(names).as(ONE_FILE_EACH).isEqualTo(known);
    }
  }

  static Stream<Map.Entry<String, Object>> formerVersions() {
    return Samples.FORMER.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("formerVersions")
  void todays_code_reads_a_former_version_as_todays(Map.Entry<String, Object> former)
      throws IOException {
    byte[] stored = Files.readAllBytes(GOLDEN.resolve(former.getKey() + ".json"));
    assertThat(await(CODEC.decode(recorded(former.getKey(), stored))))
        .as(UNREADABLE, former.getKey())
        .isEqualTo(former.getValue());
  }

  @Test
  void every_former_version_has_its_sample() {
    assertThat(TYPES.formerNames()).isEqualTo(Samples.FORMER.keySet());
  }

  @Test
  void nothing_personal_is_stored_in_the_clear() throws IOException {
    String stored = Files.readString(GOLDEN.resolve("order-placed.v1.json"));
    assertThat(stored)
        .contains("cipher")
        .doesNotContain(Samples.ADDRESS.recipient(), Samples.ADDRESS.postalCode());
  }

  private static byte[] golden(Object sample) throws IOException {
    Path file = GOLDEN.resolve(CODEC.typeOf(sample) + ".json");
    if (Files.notExists(file) && Boolean.getBoolean("golden.write")) {
      JsonNode tree = JSON.readTree(await(CODEC.encode("default", sample)));
      Files.writeString(file, tree.toPrettyString() + "\n");
    }
    assertThat(file).as(MISSING, CODEC.typeOf(sample)).exists();
    return Files.readAllBytes(file);
  }

  /// Without what is different each time a personal value is encrypted.
  private static JsonNode readable(byte[] json) throws IOException {
    JsonNode tree = JSON.readTree(json);
    if (tree.get("address") instanceof ObjectNode address) {
      address.remove("nonce");
      address.remove("cipher");
    }
    return tree;
  }

  private static RecordedEvent recorded(String type, byte[] data) {
    var metadata = new EventMetadata(NIL, NIL, NIL, "", "user-1", "default", null, null, null);
    return new RecordedEvent(NIL, new StreamId("sample-1"), 0, 0, Samples.AT, type, data, metadata);
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(5));
  }

  /// Everybody has the same key, or the files could not be read tomorrow.
  private static final class OneKey implements PersonKeys {
    @Override
    public Uni<Optional<byte[]>> find(String tenant, String person) {
      return Uni.createFrom().item(Optional.of(new byte[32]));
    }

    @Override
    public Uni<byte[]> obtain(String tenant, String person) {
      return Uni.createFrom().item(new byte[32]);
    }
  }
}
