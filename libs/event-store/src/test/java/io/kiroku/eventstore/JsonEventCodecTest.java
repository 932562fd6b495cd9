package io.kiroku.eventstore;

import static io.kiroku.eventstore.TestEvents.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kiroku.decider.EventType;
import io.kiroku.decider.Formerly;
import io.kiroku.decider.Personal;
import io.kiroku.decider.Upcast;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaEvent.StepRequested;
import io.kiroku.saga.StepCommand;
import io.smallrye.mutiny.Uni;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonEventCodecTest {
  record ThingId(UUID value) {
    boolean isFirst() {
      return value.getLeastSignificantBits() == 1;
    }
  }

  record Price(long minorUnits, Currency currency) {
    boolean isFree() {
      return minorUnits == 0;
    }
  }

  record Address(String street, @Nullable String floor) {}

  enum Colour {
    RED
  }

  sealed interface Event {
    @EventType("thing-made.v2")
    record Made(
        ThingId id,
        List<Price> prices,
        Map<String, Colour> colours,
        @Nullable String note,
        Duration life,
        Instant at)
        implements Event {}

    @EventType("thing-sent.v1")
    record Sent(ThingId id, Personal<Address> to, List<Personal<String>> witnesses)
        implements Event {}
  }

  sealed interface Step extends StepCommand {
    @EventType("do-it")
    record DoIt(ThingId thing, Instant before) implements Step {
      @Override
      public String part() {
        return thing.value().toString();
      }
    }

    @EventType("undo-it")
    record UndoIt(ThingId thing) implements Step {
      @Override
      public String part() {
        return thing.value().toString();
      }
    }
  }

  /// The real thing keeps them in a database.
  private static final class KeysInMemory implements PersonKeys {
    final Map<String, byte[]> keys = new HashMap<>();
    int lookUps;

    @Override
    public Uni<Optional<byte[]>> find(String tenant, String person) {
      lookUps++;
      return Uni.createFrom().item(Optional.ofNullable(keys.get(tenant + person)));
    }

    @Override
    public Uni<byte[]> obtain(String tenant, String person) {
      lookUps++;
      byte[] fresh = new byte[32];
      fresh[0] = (byte) keys.size();
      fresh[1] = (byte) lookUps;
      return Uni.createFrom().item(keys.computeIfAbsent(tenant + person, _ -> fresh));
    }
  }

  private static final EventTypes TYPES = EventTypes.of(Event.class);
  private static final ThingId ID = new ThingId(new UUID(0, 1));
  private static final Instant AT = Instant.parse("2026-11-20T10:15:30.123456789Z");
  private static final Event.Made MADE =
      new Event.Made(
          ID,
          List.of(new Price(1200, Currency.getInstance("JPY"))),
          Map.of("lid", Colour.RED),
          null,
          Duration.ofMinutes(15),
          AT);
  private static final Event.Sent SENT =
      new Event.Sent(
          ID,
          Personal.of("alice", new Address("Ginza 1", null)),
          List.of(Personal.of("bob", "saw it")));

  private final KeysInMemory keys = new KeysInMemory();
  private final EventCodec<Event> codec = JsonEventCodec.of(TYPES, keys, Upcasters.NONE);

  private static RecordedEvent recorded(String type, String json) {
    EventMetadata metadata = TestEvents.metadata();
    return new RecordedEvent(
        UUID.randomUUID(),
        new StreamId("thing-1"),
        0,
        0,
        AT,
        type,
        json.getBytes(StandardCharsets.UTF_8),
        metadata);
  }

  private <E> String written(EventCodec<E> with, E event) {
    return new String(await(with.encode("default", event)), StandardCharsets.UTF_8);
  }

  sealed interface Grown {
    @EventType("renamed.v3")
    @Formerly(value = "renamed.v1", upcast = RenamedV1.class)
    @Formerly(value = "renamed.v2", upcast = RenamedV2.class)
    record Renamed(String name, int count) implements Grown {}
  }

  static final class RenamedV1 implements Upcast {
    @Override
    public Map<String, Object> next(Map<String, Object> old) {
      return Map.of("name", Objects.requireNonNull(old.get("old")));
    }
  }

  static final class RenamedV2 implements Upcast {
    @Override
    public Map<String, Object> next(Map<String, Object> old) {
      Map<String, Object> next = new HashMap<>(old);
      next.put("count", 2);
      return next;
    }
  }

  @Test
  void the_stored_form_is_plain() {
    assertThat(written(codec, MADE))
        .isEqualTo(
            """
            {"id":"00000000-0000-0000-0000-000000000001",\
            "prices":[{"minorUnits":1200,"currency":"JPY"}],\
            "colours":{"lid":"RED"},\
            "life":"PT15M","at":"2026-11-20T10:15:30.123456789Z"}\
            """);
    assertThat(codec.typeOf(MADE)).isEqualTo("thing-made.v2");
    assertThat(keys.lookUps).as("no personal value, no key").isZero();
  }

  @Test
  void what_is_written_is_read() {
    assertThat(await(codec.decode(recorded("thing-made.v2", written(codec, MADE)))))
        .isEqualTo(MADE);
  }

  @Test
  void unknown_fields_are_tolerated() {
    String json = written(codec, MADE).replaceFirst("\\{", "{\"added\":{\"later\":1},");

    assertThat(await(codec.decode(recorded("thing-made.v2", json)))).isEqualTo(MADE);
  }

  @Test
  void a_missing_or_wrong_field_is_loud() {
    String json = written(codec, MADE);
    for (String broken :
        List.of(
            json.replace("\"life\":\"PT15M\",", ""),
            json.replace("\"PT15M\"", "null"),
            json.replace("\"minorUnits\":1200,", ""),
            json.replace("1200", "\"many\""),
            json.replace("JPY", "no currency"),
            json.substring(1))) {
      assertThatThrownBy(() -> await(codec.decode(recorded("thing-made.v2", broken))))
          .as(broken)
          .isInstanceOf(UndecodableEvent.class);
    }
  }

  @Test
  void an_unknown_type_is_loud() {
    assertThatThrownBy(() -> await(codec.decode(recorded("thing-lost.v1", "{}"))))
        .isInstanceOf(UnknownEventType.class)
        .hasMessageContaining("thing-lost.v1");
  }

  @Test
  void old_versions_are_read_as_todays_through_a_chain() {
    Upcasters upcasters =
        Upcasters.of(
            new Upcaster(
                "thing-made.v0",
                "thing-made.v1",
                json -> {
                  json.remove("nonsense");
                  return json.put("life", "PT15M");
                }),
            new Upcaster(
                "thing-made.v1",
                "thing-made.v2",
                json -> {
                  json.putObject("colours").put("lid", "RED");
                  return json;
                }));
    EventCodec<Event> today = JsonEventCodec.of(TYPES, keys, upcasters);
    String old =
        """
        {"id":"00000000-0000-0000-0000-000000000001","nonsense":1,
         "prices":[{"minorUnits":1200,"currency":"JPY"}],"at":"2026-11-20T10:15:30.123456789Z"}\
        """;

    assertThat(await(today.decode(recorded("thing-made.v0", old)))).isEqualTo(MADE);
  }

  @Test
  void a_record_tells_its_former_versions_itself() {
    EventTypes types = EventTypes.of(Grown.class);
    EventCodec<Grown> grown = JsonEventCodec.of(types, keys, Upcasters.NONE);
    Grown expected = new Grown.Renamed("a", 2);

    assertThat(await(grown.decode(recorded("renamed.v1", "{\"old\":\"a\"}")))).isEqualTo(expected);
    assertThat(await(grown.decode(recorded("renamed.v2", "{\"name\":\"a\"}")))).isEqualTo(expected);
    assertThat(grown.typeOf(expected)).isEqualTo("renamed.v3");
    assertThat(types.names()).containsExactly("renamed.v3");
    assertThat(types.formerNames()).containsExactlyInAnyOrder("renamed.v1", "renamed.v2");
  }

  @Test
  void a_former_version_that_lacks_what_its_upcast_needs_cannot_be_decoded() {
    EventCodec<Grown> grown = JsonEventCodec.of(EventTypes.of(Grown.class), keys, Upcasters.NONE);
    assertThatThrownBy(() -> await(grown.decode(recorded("renamed.v1", "{}"))))
        .isInstanceOf(UndecodableEvent.class);
  }

  @Test
  void upcasters_in_a_circle_are_refused() {
    assertThatThrownBy(() ->
            Upcasters.of(
                new Upcaster("a.v1", "a.v2", json -> json),
                new Upcaster("a.v2", "a.v1", json -> json)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_sagas_events_carry_the_commands_of_their_steps() {
    EventCodec<SagaEvent<Step>> saga =
        JsonEventCodec.of(EventTypes.of(SagaEvent.class, Step.class), keys, Upcasters.NONE);
    SagaEvent<Step> requested =
        new StepRequested<>("1", "do", 1, List.of(new Step.DoIt(ID, AT)), AT, AT);
    SagaEvent<Step> started =
        new SagaStarted<>(
            "1",
            "doing",
            List.of(
                new PlannedStep<>(
                    "do", List.of(new Step.DoIt(ID, AT)), List.of(new Step.UndoIt(ID)))),
            AT,
            AT);

    assertThat(written(saga, requested))
        .contains("\"commands\":[{\"type\":\"do-it\",\"thing\":\"00000000-")
        .doesNotContain("part");
    for (SagaEvent<Step> event : List.of(requested, started)) {
      assertThat(await(saga.decode(recorded(saga.typeOf(event), written(saga, event)))))
          .isEqualTo(event);
    }
  }

  @Test
  void personal_values_are_stored_encrypted_and_read_with_the_persons_key() {
    String json = written(codec, SENT);

    assertThat(json).contains("alice", "bob").doesNotContain("Ginza", "saw it");
    assertThat(await(codec.decode(recorded("thing-sent.v1", json)))).isEqualTo(SENT);
  }

  @Test
  void the_same_value_is_never_stored_the_same_way() {
    assertThat(written(codec, SENT)).isNotEqualTo(written(codec, SENT));
  }

  @Test
  void a_person_whose_key_is_erased_is_erased_everywhere_and_others_are_not() {
    RecordedEvent event = recorded("thing-sent.v1", written(codec, SENT));
    keys.keys.remove("defaultalice");

    Event.Sent read = (Event.Sent) await(codec.decode(event));
    assertThat(read.to()).isEqualTo(new Personal.Erased<>("alice"));
    assertThat(read.witnesses()).containsExactly(Personal.of("bob", "saw it"));
  }

  @Test
  void a_new_key_does_not_bring_an_erased_value_back_nor_look_like_tampering() {
    RecordedEvent event = recorded("thing-sent.v1", written(codec, SENT));
    keys.keys.remove("defaultalice");
    written(codec, SENT);

    assertThat(((Event.Sent) await(codec.decode(event))).to())
        .isEqualTo(new Personal.Erased<>("alice"));
  }

  @Test
  void a_reader_without_keys_sees_every_personal_value_erased() {
    RecordedEvent event = recorded("thing-sent.v1", written(codec, SENT));
    EventCodec<Event> without = JsonEventCodec.of(TYPES, PersonKeys.NONE, Upcasters.NONE);

    Event.Sent read = (Event.Sent) await(without.decode(event));
    assertThat(read.to()).isEqualTo(new Personal.Erased<>("alice"));
    assertThat(read.witnesses()).containsExactly(new Personal.Erased<>("bob"));
    assertThatThrownBy(() -> await(without.encode("default", SENT)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_erased_value_is_written_as_erased() {
    Event.Sent erased = new Event.Sent(ID, new Personal.Erased<>("alice"), List.of());

    assertThat(await(codec.decode(recorded("thing-sent.v1", written(codec, erased)))))
        .isEqualTo(erased);
  }

  @Test
  void a_cipher_moved_to_another_person_is_loud() {
    String json = written(codec, SENT);
    keys.keys.put("defaultmallory", keys.keys.get("defaultalice"));
    String moved = json.replace("\"alice\"", "\"mallory\"");

    assertThatThrownBy(() -> await(codec.decode(recorded("thing-sent.v1", moved))))
        .isInstanceOf(UndecodableEvent.class);
  }

  @Test
  void one_persons_key_is_looked_up_once_for_many_events() {
    List<RecordedEvent> events =
        List.of(
            recorded("thing-sent.v1", written(codec, SENT)),
            recorded("thing-sent.v1", written(codec, SENT)));
    keys.lookUps = 0;

    assertThat(await(codec.decodeAll(events))).extracting(Recorded::event).containsOnly(SENT);
    assertThat(keys.lookUps).isEqualTo(2);
  }

  @Test
  void two_events_of_one_name_are_refused() {
    assertThatThrownBy(() -> TYPES.with(Event.class)).isInstanceOf(IllegalArgumentException.class);
  }
}
