package io.kiroku.command.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.publisher.Published;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.fulfillment.FulfillmentSettings;
import io.kiroku.fulfillment.OrderFulfillment;
import io.kiroku.saga.Effect;
import io.kiroku.saga.PlannedStep;
import io.kiroku.samples.Samples;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The messages that carry a saga's wishes.
@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandMessagesTest {
  /// Everything that the plan of an order can ever send.
  static List<FulfillmentCommand> everyCommand() {
    return new OrderFulfillment(FulfillmentSettings.DEFAULTS)
        .plan(Samples.ORDER_PLACED).stream()
            .flatMap((PlannedStep<FulfillmentCommand> step) ->
                Stream.concat(step.commands().stream(), step.compensations().stream()))
            .toList();
  }

  /// As if each kind of command came from an event of its own, which it does.
  static Published message(FulfillmentCommand command, int attempt) {
    String kind = command.getClass().getSimpleName();
    return CommandMessages.of(
        command.orderId().toString(),
        UUID.nameUUIDFromBytes(kind.getBytes(StandardCharsets.UTF_8)),
        new Effect.Send<>("a-step", attempt, command, "A_REASON"));
  }

  @Test
  void a_command_has_one_id_per_attempt_and_part() {
    List<String> ids =
        everyCommand().stream()
            .filter(FulfillmentCommand.ReserveStock.class::isInstance)
            .flatMap(command -> Stream.of(message(command, 1), message(command, 2)))
            .map(message ->
                ((io.kiroku.proto.inventory.v1.InventoryCommand) message.envelope()).getCommandId())
            .toList();

    assertThat(ids).hasSize(4).doesNotHaveDuplicates();
    assertThat(message(everyCommand().getFirst(), 1))
        .isEqualTo(message(everyCommand().getFirst(), 1));
  }

  @Test
  void trap_1_every_message_names_the_saga_that_waits_for_the_answer() {
    for (FulfillmentCommand command : everyCommand()) {
      var envelope = message(command, 1).envelope();
      var sagaId = envelope.getDescriptorForType().findFieldByName("saga_id");
      assertThat(envelope.getField(sagaId)).isEqualTo(Samples.ORDER.toString());
    }
  }

  @Test
  void every_kind_of_command_is_in_the_plan() {
    assertThat(everyCommand().stream().map(Object::getClass).distinct()).hasSize(10);
  }
}
