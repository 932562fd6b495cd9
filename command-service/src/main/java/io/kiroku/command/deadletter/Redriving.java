package io.kiroku.command.deadletter;

import io.kiroku.command.message.MessageProducer;
import io.kiroku.command.participant.DeadLetters;
import io.kiroku.command.saga.RedriveOrder;
import io.kiroku.command.saga.SagaDecisions;
import io.kiroku.command.saga.SagaRegistry;
import io.kiroku.decider.Rejection;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.Recorded;
import io.kiroku.saga.SagaEvent;
import io.kiroku.saga.SagaEvent.OperatorIntervened;
import io.kiroku.saga.StepCommand;
import io.kiroku.service.error.Errors;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Sends dead letters again. The saga's stream comes first: it says whether the command is still
/// waited for, and keeps who redrove it. A crash after it leaves a record of a redrive that did not
/// happen; the same request again, or another one, sends the message.
@Singleton
class Redriving {
  /// Header of a message that was sent again: subject of the operator's token.
  static final String REDRIVEN_BY = "redriven-by";

  private final SagaRegistry sagas;
  private final RequestRedriving requests;
  private final MessageProducer producer;
  private final Clock clock;

  Redriving(SagaRegistry sagas, RequestRedriving requests, MessageProducer producer, Clock clock) {
    this.sagas = sagas;
    this.requests = requests;
    this.producer = producer;
    this.clock = clock;
  }

  sealed interface Outcome {
    /// @param revision of the saga's stream afterwards; 0 for a program's command
    record Sent(long revision) implements Outcome {}

    record Refused(Rejection reason) implements Outcome {}
  }

  /// A redrive as the saga keeps it.
  record Kept(OperatorIntervened<?> event, Recorded<?> recorded) {
    boolean isBy(UUID commandId) {
      return recorded.envelope().metadata().commandId().equals(commandId);
    }
  }

  /// Letters that nobody can read belong to no tenant and are shown to all.
  boolean isShownTo(Letter letter, String tenant) {
    return letter.tenant().or(() -> requests.tenant(letter)).map(tenant::equals).orElse(true);
  }

  /// Fails with `UNAVAILABLE` if Kafka does not take the message.
  ///
  /// @param context whose causation id is the letter's
  Uni<Outcome> redrive(Letter letter, String reason, boolean force, CommandContext context) {
    if (requests.concern(letter)) {
      return requests.redrive(letter, reason, context);
    }
    Letter.Contents contents = letter.contents().orElse(null);
    Optional<SagaDecisions<?>> kind = kind(letter);
    if (contents == null || kind.isEmpty()) {
      return Uni.createFrom().item(new Outcome.Refused(LetterRejection.DEAD_LETTER_OF_NO_SAGA));
    }
    var order = new RedriveOrder(contents.saga().id(), reason, force, clock.instant());
    return recorded(kind.get(), contents.headers().revision(), order, context)
        .call(outcome ->
            outcome instanceof Outcome.Sent
                ? send(letter, context.actor())
                : Uni.createFrom().nullItem());
  }

  private Optional<SagaDecisions<?>> kind(Letter letter) {
    return letter.contents().flatMap(found -> sagas.ofCategory(found.saga().category()));
  }

  private static <C extends StepCommand> Uni<Outcome> recorded(
      SagaDecisions<C> kind, long revision, RedriveOrder order, CommandContext context) {
    return kind.redrive(revision, order, context)
        .map(outcome ->
            switch (outcome) {
              case CommandOutcome.Accepted<?, ?> accepted -> new Outcome.Sent(accepted.revision());
              case CommandOutcome.Rejected<?, ?>(var reason) -> new Outcome.Refused(reason);
            });
  }

  private Uni<Void> send(Letter letter, String actor) {
    var message = letter.message();
    ProducerRecord<String, byte[]> again =
        new ProducerRecord<>(letter.commandTopic(), message.key(), message.value());
    message
        .headers()
        .forEach(header -> {
          if (!header.key().startsWith(DeadLetters.PREFIX) && !header.key().equals(REDRIVEN_BY)) {
            again.headers().add(header);
          }
        });
    again.headers().add(REDRIVEN_BY, actor.getBytes(StandardCharsets.UTF_8));
    return producer
        .send(again)
        .onFailure()
        .transform(_ -> Errors.unavailable("Kafka does not take the message; redrive it again."));
  }

  /// What was done with a letter before, the oldest first.
  Uni<List<Kept>> before(Letter letter) {
    Letter.Contents contents = letter.contents().orElse(null);
    Optional<SagaDecisions<?>> kind = kind(letter);
    if (contents == null || kind.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    return before(kind.get(), contents, letter.id());
  }

  private static <C extends StepCommand> Uni<List<Kept>> before(
      SagaDecisions<C> kind, Letter.Contents contents, UUID letter) {
    return kind.story(contents.headers().tenant(), contents.saga().id())
        .map(story ->
            story.stream()
                .flatMap(told -> told.history().stream())
                .filter(event -> event.envelope().metadata().causationId().equals(letter))
                .flatMap(event -> kept(event).stream())
                .toList());
  }

  private static <C extends StepCommand> Optional<Kept> kept(Recorded<SagaEvent<C>> recorded) {
    return recorded.event() instanceof OperatorIntervened<C> event && event.redrives()
        ? Optional.of(new Kept(event, recorded))
        : Optional.empty();
  }
}
