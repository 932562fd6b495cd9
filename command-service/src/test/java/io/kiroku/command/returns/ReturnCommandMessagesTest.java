package io.kiroku.command.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.command.publisher.Published;
import io.kiroku.proto.ordering.v1.OrderingCommand;
import io.kiroku.returns.OrderReturn;
import io.kiroku.returns.ReturnCommand;
import io.kiroku.returns.ReturnSettings;
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

/// The messages that carry a return's wishes.
@DisplayNameGeneration(ReplaceUnderscores.class)
public class ReturnCommandMessagesTest {
  /// Everything that the plan of a return can ever send, as messages.
  public static List<Published> everyMessage() {
    return everyCommand().stream().map(command -> message(command, 1, "A_REASON")).toList();
  }

  private static List<ReturnCommand> everyCommand() {
    return new OrderReturn(ReturnSettings.DEFAULTS)
        .plan(Samples.RETURN_REQUESTED).stream()
            .flatMap((PlannedStep<ReturnCommand> step) ->
                Stream.concat(step.commands().stream(), step.compensations().stream()))
            .toList();
  }

  private static Published message(ReturnCommand command, int attempt, String reason) {
    String kind = command.getClass().getSimpleName();
    return ReturnCommandMessages.of(
        command.orderId().toString(),
        UUID.nameUUIDFromBytes(kind.getBytes(StandardCharsets.UTF_8)),
        new Effect.Send<>("a-step", attempt, command, reason));
  }

  @Test
  void every_kind_of_command_is_in_the_plan() {
    assertThat(everyCommand().stream().map(Object::getClass).distinct()).hasSize(6);
  }

  @Test
  void a_command_has_one_id_per_attempt_and_part() {
    List<Object> ids =
        everyCommand().stream()
            .flatMap(c -> Stream.of(message(c, 1, ""), message(c, 2, ""), message(c, 2, "")))
            .map(message -> field(message, "command_id"))
            .distinct()
            .toList();
    assertThat(ids).hasSize(2 * everyCommand().size());
  }

  @Test
  void trap_1_every_message_names_the_saga_that_waits_for_the_answer() {
    assertThat(everyMessage())
        .extracting(message -> field(message, "saga_id"))
        .containsOnly(Samples.ORDER.toString());
  }

  @Test
  void a_return_whose_goods_never_came_is_refused_in_the_words_of_the_shop() {
    assertThat(refusal("STEP_TIMED_OUT")).isEqualTo("RETURN_EXPIRED");
    assertThat(refusal("SAGA_DEADLINE_EXCEEDED")).isEqualTo("RETURN_EXPIRED");
    assertThat(refusal("GOODS_DAMAGED")).isEqualTo("GOODS_DAMAGED");
  }

  private static String refusal(String reason) {
    Published message = message(new ReturnCommand.RefuseReturn(Samples.ORDER), 1, reason);
    return ((OrderingCommand) message.envelope()).getRefuseReturn().getCode();
  }

  private static Object field(Published message, String name) {
    var envelope = message.envelope();
    return envelope.getField(envelope.getDescriptorForType().findFieldByName(name));
  }
}
