package io.kiroku.command.request;

import static io.kiroku.command.request.Program.CATALOG;
import static io.kiroku.command.request.Program.category;
import static io.kiroku.command.request.Program.id;
import static io.kiroku.command.request.Program.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.RealInfrastructure;
import io.kiroku.command.Shop;
import io.kiroku.launcher.platform.Platform;
import io.kiroku.launcher.platform.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Who may command, and when his token has to be valid.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class RequestTokensIT {
  private static final Duration MOST = Duration.ofSeconds(20);

  @Inject Requests requests;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  Platform platform;
  String customerToken;

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
  void without_a_good_token_nothing_happens() {
    var command = category(Shop.newKey());
    assertThat(program.refusal(CATALOG, null, command)).isEqualTo("UNAUTHENTICATED");
    Instant past = Instant.now().minus(Duration.ofHours(2));
    assertThat(program.refusal(CATALOG, program.token(past), command)).isEqualTo("UNAUTHENTICATED");
    assertThat(program.refusal(CATALOG, forged(), command)).isEqualTo("UNAUTHENTICATED");
    assertThat(program.refusal(CATALOG, customerToken, command)).isEqualTo("FORBIDDEN");
  }

  @Test
  void a_token_that_expired_while_the_message_waited_counts() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    var sent = message(CATALOG, program.token(yesterday), category(Shop.newKey()));
    handle(sent, yesterday.plusSeconds(60));
    assertThat(program.reply(id(sent)).hasAccepted()).isTrue();

    var late = message(CATALOG, program.token(yesterday), category(Shop.newKey()));
    handle(late, yesterday.plus(Duration.ofHours(3)));
    assertThat(program.code(id(late))).isEqualTo("UNAUTHENTICATED");
  }

  /// A backdated message must not bring an old token to life.
  @Test
  void a_time_that_the_sender_writes_is_the_broker_s_to_replace() {
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    var now = message(CATALOG, program.token(yesterday), category(Shop.newKey()));
    var backdated =
        new ProducerRecord<>(
            CATALOG, null, yesterday.toEpochMilli(), now.key(), now.value(), now.headers());
    RecordMetadata metadata = program.place(backdated);
    assertThat(metadata.timestamp()).isGreaterThan(yesterday.plusSeconds(3_600).toEpochMilli());
    assertThat(program.code(id(now))).isEqualTo("UNAUTHENTICATED");
  }

  private static String forged() {
    try {
      var keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
      return new Tokens(keys.getPrivate())
          .sign(Tokens.Role.admin, "staff", Instant.now(), Duration.ofHours(1));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void handle(ProducerRecord<String, byte[]> message, Instant at) {
    var record = new ConsumerRecord<>(message.topic(), 0, 0, message.key(), message.value());
    message.headers().forEach(header -> record.headers().add(header));
    requests.handle(message.topic(), record, at).await().atMost(MOST);
  }
}
