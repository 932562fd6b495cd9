package io.kiroku.command.deadletter;

import static io.kiroku.command.call.ProtoTime.timestamp;

import io.kiroku.command.participant.DeadLetters;
import io.kiroku.proto.deadletter.v1.DeadLetter;
import io.kiroku.proto.deadletter.v1.ListDeadLettersResponse;
import io.kiroku.proto.deadletter.v1.Redrive;
import io.kiroku.service.kafka.MessageHeaders;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;

/// Dead letters beside what was done with them.
@Singleton
class LetterList {
  private final LetterBox letters;
  private final Redriving redriving;

  LetterList(LetterBox letters, Redriving redriving) {
    this.letters = letters;
    this.redriving = redriving;
  }

  /// Shorter than asked for where another tenant's letters were among those read.
  Uni<ListDeadLettersResponse> page(String tenant, String context, LetterPlace from, int size) {
    return letters.read(context, from, size).flatMap(page -> response(tenant, page));
  }

  private Uni<ListDeadLettersResponse> response(String tenant, LetterBox.Page page) {
    var response = ListDeadLettersResponse.newBuilder();
    if (!page.complete()) {
      response.setNextPageToken(page.letters().getLast().place().next().encode());
    }
    return Multi.createFrom()
        .iterable(page.letters())
        .filter(letter -> redriving.isShownTo(letter, tenant))
        .onItem()
        .transformToUniAndConcatenate(
            letter -> redriving.before(letter).map(kept -> message(letter, kept)))
        .collect()
        .asList()
        .map(shown -> response.addAllLetters(shown).build());
  }

  private static DeadLetter message(Letter letter, List<Redriving.Kept> redrives) {
    LetterPlace place = letter.place();
    DeadLetter.Builder message =
        DeadLetter.newBuilder()
            .setTopic(place.topic())
            .setPartition(place.partition())
            .setOffset(place.offset())
            .setMessageId(messageId(letter))
            .setKey(String.valueOf(letter.message().key()))
            .setReason(letter.header(DeadLetters.REASON))
            .setError(letter.header(DeadLetters.ERROR))
            .setTries(tries(letter.header(DeadLetters.TRIES)))
            .setFailedAt(timestamp(Instant.ofEpochMilli(letter.message().timestamp())));
    letter
        .contents()
        .ifPresent(contents ->
            message
                .setType(contents.headers().type())
                .setSagaId(contents.sagaId())
                .setStep(contents.step())
                .setAttempt(contents.attempt()));
    redrives.forEach(kept -> message.addRedrives(message(kept)));
    return message.build();
  }

  private static Redrive message(Redriving.Kept kept) {
    return Redrive.newBuilder()
        .setActor(kept.event().actor())
        .setAt(timestamp(kept.recorded().envelope().recordedAt()))
        .setReason(kept.event().reason())
        .setForced(kept.event().wasForced())
        .build();
  }

  static String messageId(Letter letter) {
    return letter
        .contents()
        .map(contents -> contents.headers().id().toString())
        .orElse(letter.header(MessageHeaders.ID));
  }

  /// Letters of earlier versions do not tell.
  private static int tries(String header) {
    try {
      return Integer.parseInt(header);
    } catch (NumberFormatException _) {
      return 0;
    }
  }
}
