package io.kiroku.command.request;

import static io.kiroku.command.request.Program.CATALOG;
import static io.kiroku.command.request.Program.category;
import static io.kiroku.command.request.Program.id;
import static io.kiroku.command.request.Program.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kiroku.command.RealInfrastructure;
import io.kiroku.command.Shop;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.proto.catalog.v1.CatalogRequest;
import io.kiroku.proto.deadletter.v1.RedriveDeadLetterRequest;
import io.kiroku.service.kafka.MessageHeaders;
import io.kiroku.service.testing.TopicReader;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Commands of programs that could not be carried out, and their way back.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class RequestLettersIT {
  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  Platform platform;
  String adminToken;
  Shop shop;

  private Program program;

  @BeforeEach
  void connect() {
    program = new Program(platform, kafka);
  }

  @AfterEach
  void disconnect() {
    program.close();
  }

  @Test
  void trap_4_what_nobody_can_read_is_kept_as_a_dead_letter_and_the_rest_goes_on() {
    String key = Shop.newKey();
    var _ =
        program.place(
            new ProducerRecord<>(CATALOG, key, "no frame".getBytes(StandardCharsets.UTF_8)));
    var _ = program.send(message(CATALOG, adminToken, CatalogRequest.getDefaultInstance(), key));
    UUID behind = program.send(message(CATALOG, adminToken, category(Shop.newKey()), key));
    assertThat(program.reply(behind).hasAccepted()).isTrue();
    try (TopicReader letters = new TopicReader(kafka, CATALOG + ".dlt")) {
      assertThat(letters.of(key, found -> found.size() == 2))
          .extracting(letter -> MessageHeaders.text(letter.headers(), "dlt-reason"))
          .containsExactly("MalformedFrame", "UNKNOWN_COMMAND");
    }
  }

  /// As of when it came: by now the sender's token has expired.
  @Test
  void a_dead_letter_that_is_redriven_is_carried_out_and_answered() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    var letter =
        message(CATALOG + ".dlt", program.token(yesterday), category(Shop.newKey()), "a-key");
    MessageHeaders.put(
        letter.headers(), "dlt-at-millis", Long.toString(yesterday.plusSeconds(9).toEpochMilli()));
    var request = redrive(program.place(letter));
    var answer = shop.deadLetters(adminToken, Shop.newKey()).redriveDeadLetter(request);
    assertThat(answer.getMessageId()).isEqualTo(id(letter).toString());
    assertThat(program.reply(id(letter)).hasAccepted()).isTrue();
  }

  @Test
  void a_dead_letter_that_is_still_unreadable_stays() {
    var letter =
        message(CATALOG + ".dlt", adminToken, CatalogRequest.getDefaultInstance(), "a-key");
    var request = redrive(program.place(letter));
    assertThatCode(() -> shop.deadLetters(adminToken, Shop.newKey()).redriveDeadLetter(request))
        .hasMessageContaining("cannot read the letter");
  }

  private static RedriveDeadLetterRequest redrive(RecordMetadata place) {
    return RedriveDeadLetterRequest.newBuilder()
        .setTopic(place.topic())
        .setPartition(place.partition())
        .setOffset(place.offset())
        .setReason("it can be read now")
        .build();
  }
}
