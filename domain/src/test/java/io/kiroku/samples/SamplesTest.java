package io.kiroku.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.catalog.CategoryEvent;
import io.kiroku.catalog.ProductEvent;
import io.kiroku.catalog.ShelfEvent;
import io.kiroku.decider.EventType;
import io.kiroku.fulfillment.FulfillmentCommand;
import io.kiroku.inventory.StockEvent;
import io.kiroku.ordering.OrderEvent;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaEvent.SagaStarted;
import io.kiroku.shipping.ShipmentEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SamplesTest {
  private static final List<Class<?>> FAMILIES =
      List.of(
          CategoryEvent.class,
          ProductEvent.class,
          ShelfEvent.class,
          StockEvent.class,
          OrderEvent.class,
          PaymentEvent.class,
          ShipmentEvent.class,
          SagaEvent.class);

  @Test
  void every_event_has_a_sample() {
    Set<Class<?>> sampled =
        Samples.all().stream().map(Object::getClass).collect(Collectors.toSet());
    assertThat(FAMILIES.stream().flatMap(SamplesTest::records))
        .isNotEmpty()
        .allMatch(sampled::contains);
  }

  @Test
  void every_event_and_every_command_of_a_plan_has_a_stored_name_of_its_own() {
    List<String> names =
        Stream.concat(FAMILIES.stream(), Stream.of(FulfillmentCommand.class))
            .flatMap(SamplesTest::records)
            .map(type -> type.getAnnotation(EventType.class).value())
            .toList();
    assertThat(names).doesNotHaveDuplicates().hasSize(76 + 10);
  }

  @Test
  void the_samples_plan_has_commands_of_every_kind() {
    var kinds =
        SagaSamples.EVENTS.stream()
            .filter(SagaStarted.class::isInstance)
            .flatMap(e -> ((SagaStarted<FulfillmentCommand>) e).plan().stream())
            .flatMap((PlannedStep<FulfillmentCommand> step) ->
                Stream.concat(step.commands().stream(), step.compensations().stream()))
            .map(Object::getClass)
            .collect(Collectors.toSet());
    assertThat(kinds).hasSameElementsAs(records(FulfillmentCommand.class).toList());
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Stream.of(type.getPermittedSubclasses()).flatMap(SamplesTest::records)
        : Stream.of(type);
  }
}
