package io.kiroku.command.saga;

import io.kiroku.command.publisher.Published;
import io.kiroku.command.publisher.PublishedSaga;
import io.kiroku.decider.EventType;
import io.kiroku.eventstore.EventCodec;
import io.kiroku.eventstore.EventTypes;
import io.kiroku.eventstore.JsonEventCodec;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.Recorded;
import io.kiroku.eventstore.RecordedEvent;
import io.kiroku.eventstore.Upcasters;
import io.kiroku.ordering.OrderEvent.OrderConfirmed;
import io.kiroku.ordering.OrderEvent.OrderPlaced;
import io.kiroku.proto.ordering.v1.ConfirmOrder;
import io.kiroku.proto.ordering.v1.OrderingCommand;
import io.kiroku.saga.Backoff;
import io.kiroku.saga.CompensationPolicy;
import io.kiroku.saga.Effect;
import io.kiroku.saga.PlannedStep;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaTrigger.Phase;
import io.kiroku.saga.SagaTrigger.Start;
import io.kiroku.saga.SagaTrigger.Succeeded;
import io.kiroku.saga.StepCommand;
import io.kiroku.saga.StepSaga;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A second kind of saga, as small as one can be: writes a letter for every order, and is done when
/// the order is confirmed. It shares the order's id with the fulfillment.
public final class ThankYouSaga implements PublishedSaga<ThankYouSaga.Thanks> {
  public static final String NAME = "thank-you";
  static final String TOPIC = "kiroku.ordering.commands";
  private static final String STEP = "write-letter";
  private static final EventTypes TYPES = EventTypes.of(SagaEvent.class, Thanks.class);

  private final EventCodec<SagaEvent<Thanks>> codec =
      JsonEventCodec.of(TYPES, PersonKeys.NONE, Upcasters.NONE);

  /// What the steps ask for.
  public sealed interface Thanks extends StepCommand {
    @EventType("write-letter")
    record WriteLetter(String order) implements Thanks {
      @Override
      public String part() {
        return "letter";
      }
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String category() {
    return "thanks";
  }

  @Override
  public StepSaga<Thanks> rules() {
    Duration second = Duration.ofSeconds(1);
    Backoff backoff = new Backoff(Backoff.Kind.CONSTANT, second, second);
    return new StepSaga<>(
        NAME, List.of(), Duration.ofHours(1), new CompensationPolicy(second, 1, backoff));
  }

  @Override
  public EventCodec<SagaEvent<Thanks>> codec() {
    return codec;
  }

  @Override
  public Set<String> heardCategories() {
    return Set.of("order");
  }

  @Override
  public Optional<Addressed<Thanks>> hear(Object event) {
    return switch (event) {
      case OrderPlaced e -> Optional.of(start(e.orderId().toString(), e.at()));
      case OrderConfirmed e ->
          Optional.of(
              new Addressed<>(
                  e.orderId().toString(), new Succeeded<>(STEP, Phase.FORWARD, "letter", e.at())));
      default -> Optional.empty();
    };
  }

  private static Addressed<Thanks> start(String order, Instant at) {
    List<Thanks> letters = List.of(new Thanks.WriteLetter(order));
    return new Addressed<>(
        order, new Start<>(order, List.of(new PlannedStep<>(STEP, letters, List.of())), at));
  }

  @Override
  public Optional<String> sagaOf(RecordedEvent unreadable) {
    return Optional.of(unreadable.stream().id());
  }

  @Override
  public Published command(String sagaId, UUID sagaEvent, Effect.Send<Thanks> send) {
    ConfirmOrder content = ConfirmOrder.newBuilder().setOrderId(sagaId).build();
    return Published.of(
        TOPIC, sagaId, content, OrderingCommand.newBuilder().setConfirmOrder(content).build());
  }

  @Override
  public Optional<Published> message(Recorded<SagaEvent<Thanks>> recorded, String orderToken) {
    return Optional.empty();
  }

  @Override
  public Optional<String> orderOf(String sagaId) {
    return Optional.empty();
  }
}
