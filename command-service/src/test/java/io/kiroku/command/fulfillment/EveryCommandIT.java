package io.kiroku.command.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.RealInfrastructure;
import io.kiroku.command.ordering.OrderMissing;
import io.kiroku.command.participant.CommandMessage;
import io.kiroku.command.participant.Participant;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.publisher.Published;
import io.kiroku.command.returns.ReturnCommandMessagesTest;
import io.kiroku.service.kafka.MessageHeaders;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Everything that sagas send, given to those who read it.
@QuarkusTest
@QuarkusTestResource(RealInfrastructure.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@NullUnmarked // Injected.
class EveryCommandIT {
  @Inject @All List<Participant> participants;

  @Test
  void trap_2_what_is_sent_and_what_is_read_are_the_same_topics() {
    Set<String> sent = everyMessage().stream().map(Published::topic).collect(Collectors.toSet());
    assertThat(participants).extracting(Participant::topic).hasSameElementsAs(sent);
  }

  /// Of an order that does not exist: its participants must get as far as looking for it.
  @Test
  void trap_5_every_shape_of_message_is_understood_by_its_reader()
      throws InvalidProtocolBufferException {
    for (Published message : everyMessage()) {
      assertThat(failure(message))
          .as("%s", message.type())
          .matches(failure -> failure == null || isAboutTheOrder(failure));
    }
  }

  /// Of both kinds of sagas.
  private static List<Published> everyMessage() {
    return Stream.concat(
            CommandMessagesTest.everyCommand().stream()
                .map(command -> CommandMessagesTest.message(command, 1)),
            ReturnCommandMessagesTest.everyMessage().stream())
        .toList();
  }

  private Throwable failure(Published message) throws InvalidProtocolBufferException {
    Participant reader =
        participants.stream()
            .filter(participant -> participant.topic().equals(message.topic()))
            .findFirst()
            .orElseThrow();
    UUID id = UUID.randomUUID();
    var headers =
        new MessageHeaders(id, message.type(), "fulfillment-x", 0, 0, id, id, "default", null);
    return reader
        .handle(new CommandMessage(headers, message.envelope().toByteString()))
        .onItem()
        .<Throwable>transform(_ -> null)
        .onFailure()
        .recoverWithItem(failure -> failure)
        .await()
        .atMost(Duration.ofSeconds(10));
  }

  private static boolean isAboutTheOrder(Throwable failure) {
    return failure instanceof OrderMissing
        || (failure instanceof UnhandledCommand refused
            && refused.code().equals("ORDER_NOT_FOUND"));
  }
}
