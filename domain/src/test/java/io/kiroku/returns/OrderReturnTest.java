package io.kiroku.returns;

import static io.kiroku.returns.ReturnSteps.ACCEPT_RETURN;
import static io.kiroku.returns.ReturnSteps.COMPLETE_RETURN;
import static io.kiroku.returns.ReturnSteps.RECEIVE_GOODS;
import static io.kiroku.returns.ReturnSteps.REFUND_PAYMENT;
import static io.kiroku.returns.ReturnSteps.RETURN_STOCK;
import static io.kiroku.samples.Samples.AT;
import static io.kiroku.samples.Samples.ORDER;
import static io.kiroku.samples.Samples.ORDER_EVENTS;
import static io.kiroku.samples.Samples.PAYMENT_EVENTS;
import static io.kiroku.samples.Samples.PRODUCT;
import static io.kiroku.samples.Samples.PRODUCT_2;
import static io.kiroku.samples.Samples.RETURN_REQUESTED;
import static io.kiroku.samples.Samples.SHIPMENT_EVENTS;
import static io.kiroku.samples.Samples.STOCK_EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.decider.EventType;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventMetadata;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.StreamId;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.ordering.OrderStep;
import io.kiroku.returns.ReturnCommand.CallOffReturn;
import io.kiroku.returns.ReturnCommand.ExpectReturn;
import io.kiroku.returns.ReturnCommand.RefuseReturn;
import io.kiroku.returns.ReturnCommand.ReturnStock;
import io.kiroku.returns.ReturnTriggers.Told;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.saga.SagaTrigger.Failed;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.SagaTrigger.Start;
import io.kiroku.saga.SagaTrigger.Succeeded;
import io.kiroku.saga.StepPolicy;
import io.kiroku.shipping.ShipmentEvent.ReturnedGoodsRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class OrderReturnTest {
  private static final Path STORED = Path.of("src/test/resources/golden-returns");

  private final OrderReturn process = new OrderReturn(ReturnSettings.DEFAULTS);
  private final List<PlannedStep<ReturnCommand>> plan = process.plan(RETURN_REQUESTED);
  private final ReturnTriggers triggers = process.triggers();

  @Test
  void the_goods_come_first_then_stock_then_money_and_then_it_is_true_that_the_order_is_returned() {
    assertThat(plan)
        .extracting(PlannedStep::step)
        .containsExactly(
            ACCEPT_RETURN, RECEIVE_GOODS, RETURN_STOCK, REFUND_PAYMENT, COMPLETE_RETURN);
    assertThat(commands(RETURN_STOCK))
        .containsExactly(new ReturnStock(ORDER, PRODUCT), new ReturnStock(ORDER, PRODUCT_2));
    assertThat(commands(RECEIVE_GOODS))
        .containsExactly(new ExpectReturn(ORDER, AT.plus(Duration.ofDays(14))));
  }

  @Test
  void only_what_comes_before_the_goods_are_here_is_undone() {
    assertThat(plan.stream().flatMap(step -> step.compensations().stream()))
        .containsExactly(new RefuseReturn(ORDER), new CallOffReturn(ORDER));
    assertThat(ReturnSettings.DEFAULTS.policies())
        .filteredOn(StepPolicy::pivot)
        .extracting(StepPolicy::step)
        .containsExactly(RETURN_STOCK);
  }

  @Test
  void goods_are_waited_for_once_and_longer_than_they_may_take() {
    StepPolicy wait = ReturnSettings.DEFAULTS.policies().getFirst();
    assertThat(wait.step()).isEqualTo(RECEIVE_GOODS);
    assertThat(wait.attemptsMax()).isEqualTo(1);
    assertThat(wait.timeout()).isGreaterThan(ReturnSettings.DEFAULTS.goodsWithin());
    assertThat(ReturnSettings.DEFAULTS.deadline()).isGreaterThan(wait.timeout());
  }

  @Test
  void trap_1_a_request_starts_the_return_that_is_called_after_the_order() {
    assertThat(triggers.of(RETURN_REQUESTED))
        .contains(new Told(ORDER, new Start<>(ORDER.toString(), plan, AT)));
  }

  @Test
  void trap_1_every_answer_finds_its_order_and_a_step_and_a_part_that_the_plan_has() {
    List<Told> told = everything().filter(found -> !(found.trigger() instanceof Start)).toList();
    assertThat(told).hasSize(9).allMatch(found -> found.orderId().equals(ORDER));
    assertThat(told).allMatch(this::isPlanned);
  }

  @Test
  void what_the_way_to_the_customer_leaves_behind_means_nothing_to_a_return() {
    assertThat(
            ORDER_EVENTS.stream()
                .filter(event -> event instanceof OrderEvent.OrderCancelled)
                .map(triggers::of))
        .containsOnly(Optional.empty());
    for (OrderStep step : List.of(OrderStep.CONFIRM, OrderStep.CANCEL)) {
      assertThat(triggers.of(new OrderEvent.OrderStepRepeated(ORDER, step, AT))).isEmpty();
    }
  }

  @Test
  void refused_goods_fail_their_step_with_the_code_of_the_warehouse() {
    assertThat(triggers.of(new ReturnedGoodsRefused(ORDER, "GOODS_DAMAGED", AT)))
        .contains(
            new Told(
                ORDER, new Failed<>(RECEIVE_GOODS, Phase.FORWARD, "order", "GOODS_DAMAGED", AT)));
  }

  @Test
  void every_command_of_a_plan_has_a_stored_name_of_its_own() {
    List<String> names =
        Stream.of(ReturnCommand.class.getPermittedSubclasses())
            .map(type -> type.getAnnotation(EventType.class).value())
            .toList();
    assertThat(names).hasSize(6).doesNotHaveDuplicates();
  }

  /// A plan is stored when its saga starts, and read for as long as there is the log.
  @Test
  void todays_code_reads_and_stores_a_plan_as_ever() throws IOException {
    EventCodec<SagaEvent<ReturnCommand>> codec =
        JsonEventCodec.of(
            EventTypes.of(SagaEvent.class, ReturnCommand.class), PersonKeys.NONE, Upcasters.NONE);
    var started =
        new SagaStarted<>(
            ORDER.toString(),
            OrderReturn.NAME,
            plan,
            AT.plus(ReturnSettings.DEFAULTS.deadline()),
            AT);
    String stored = Files.readString(STORED.resolve("saga-started.v1.json"));
    assertThat(text(codec.encode("default", started).await().atMost(Duration.ofSeconds(5))))
        .isEqualTo(stored.replaceAll("\\s", ""));
    assertThat(codec.decode(recorded(stored)).await().atMost(Duration.ofSeconds(5)))
        .isEqualTo(started);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  private static RecordedEvent recorded(String stored) {
    UUID nil = new UUID(0, 0);
    return new RecordedEvent(
        nil,
        new StreamId("return-1"),
        0,
        0,
        AT,
        "saga-started.v1",
        stored.getBytes(StandardCharsets.UTF_8),
        new EventMetadata(nil, nil, nil, "", "user-1", "default", null, null, null));
  }

  private List<ReturnCommand> commands(String step) {
    return plan.stream()
        .filter(planned -> planned.step().equals(step))
        .flatMap(planned -> planned.commands().stream())
        .toList();
  }

  private Stream<Told> everything() {
    return Stream.of(
            ORDER_EVENTS.stream().map(triggers::of),
            STOCK_EVENTS.stream().map(triggers::of),
            PAYMENT_EVENTS.stream().map(triggers::of),
            SHIPMENT_EVENTS.stream().map(triggers::of))
        .flatMap(found -> found.flatMap(Optional::stream));
  }

  private boolean isPlanned(Told told) {
    return switch (told.trigger()) {
      case Succeeded<ReturnCommand>(var step, var phase, var part, _) -> has(step, phase, part);
      case Failed<ReturnCommand>(var step, var phase, var part, _, _) -> has(step, phase, part);
      default -> false;
    };
  }

  private boolean has(String step, Phase phase, String part) {
    return plan.stream()
        .filter(planned -> planned.step().equals(step))
        .flatMap(p -> (phase == Phase.FORWARD ? p.commands() : p.compensations()).stream())
        .anyMatch(command -> command.part().equals(part));
  }
}
