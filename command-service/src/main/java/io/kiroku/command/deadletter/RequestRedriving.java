package io.kiroku.command.deadletter;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.participant.DeadLetters;
import io.kiroku.command.participant.Dependencies;
import io.kiroku.command.participant.UnhandledCommand;
import io.kiroku.command.request.Requests;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.service.kafka.MalformedFrame;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/// Carries out dead letters of programs here and now. On their topic they would come with a new
/// time, at which the sender's token is long expired; where they lie only the service itself
/// writes, so the time they came first is believed.
@Singleton
class RequestRedriving {
  private static final Logger LOG = Logger.getLogger(RequestRedriving.class);

  private final Requests requests;
  private final Clock clock;

  RequestRedriving(Requests requests, Clock clock) {
    this.requests = requests;
    this.clock = clock;
  }

  boolean concern(Letter letter) {
    return requests.topics().contains(letter.commandTopic());
  }

  /// Whose letter it is; empty if nobody can tell.
  Optional<String> tenant(Letter letter) {
    return requests.tenant(letter.message(), at(letter));
  }

  /// No saga is asked: the sender waits for his answer, and gets it.
  ///
  /// Fails as what is down does.
  Uni<Redriving.Outcome> redrive(Letter letter, String reason, CommandContext context) {
    return requests
        .handle(letter.commandTopic(), letter.message(), at(letter))
        .invoke(() -> LOG.infof("%s redriven by %s: %s", letter.place(), context.actor(), reason))
        .<Redriving.Outcome>map(_ -> new Redriving.Outcome.Sent(0))
        .onFailure(failure -> !Dependencies.areDown(failure))
        .recoverWithItem(failure -> new Redriving.Outcome.Refused(why(letter, failure)));
  }

  private static LetterRejection why(Letter letter, Throwable failure) {
    if (isUnreadable(failure)) {
      return LetterRejection.DEAD_LETTER_UNREADABLE;
    }
    LOG.errorf(failure, "%s failed again", letter.place());
    return LetterRejection.DEAD_LETTER_FAILED_AGAIN;
  }

  private static boolean isUnreadable(Throwable failure) {
    return failure instanceof UnhandledCommand
        || failure instanceof InvalidProtocolBufferException
        || failure instanceof MalformedFrame;
  }

  private Instant at(Letter letter) {
    String millis = letter.header(DeadLetters.AT);
    return millis.isEmpty() ? clock.instant() : Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
