package io.kiroku.command.deadletter;

import io.kiroku.command.call.CommandCall;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.proto.deadletter.v1.RedriveDeadLettersResponse;
import io.kiroku.proto.deadletter.v1.RedriveResult;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;

/// Sends all letters of a context again that are not overtaken and were not sent before, one after
/// the other.
@Singleton
class BulkRedriving {
  private static final int LOOKED_AT_MOST = 2_000;

  private final LetterBox letters;
  private final Redriving redriving;

  BulkRedriving(LetterBox letters, Redriving redriving) {
    this.letters = letters;
    this.redriving = redriving;
  }

  Uni<RedriveDeadLettersResponse> redrive(
      CommandCall call, String context, int limit, String reason) {
    return letters
        .read(context, LetterPlace.FIRST, LOOKED_AT_MOST)
        .flatMap(page -> new Run(call, limit, reason).over(page));
  }

  /// Not for several threads at once: one letter follows the other.
  private final class Run {
    private final CommandCall call;
    private final int limit;
    private final String reason;
    private final RedriveDeadLettersResponse.Builder response =
        RedriveDeadLettersResponse.newBuilder();
    private int sent;
    private boolean cutOff;

    Run(CommandCall call, int limit, String reason) {
      this.call = call;
      this.limit = limit;
      this.reason = reason;
    }

    Uni<RedriveDeadLettersResponse> over(LetterBox.Page page) {
      return Multi.createFrom()
          .iterable(page.letters())
          .filter(letter -> redriving.isShownTo(letter, call.caller().tenant()))
          .onItem()
          .transformToUniAndConcatenate(this::once)
          .collect()
          .last()
          .map(_ -> response.setComplete(page.complete() && !cutOff).build());
    }

    private Uni<Void> once(Letter letter) {
      if (sent == limit) {
        cutOff = true;
        return Uni.createFrom().voidItem();
      }
      UUID commandId = CommandIds.derived(call.commandId(), letter.place().toString());
      return redriving
          .before(letter)
          .flatMap(before ->
              before.stream().allMatch(kept -> kept.isBy(commandId))
                  ? again(letter, commandId)
                  : Uni.createFrom().voidItem());
    }

    /// What this very request has recorded may not have been sent.
    private Uni<Void> again(Letter letter, UUID commandId) {
      return redriving
          .redrive(letter, reason, false, RedriveContexts.of(call, commandId, letter))
          .invoke(outcome -> response.addResults(result(letter, outcome)))
          .replaceWithVoid();
    }

    private RedriveResult result(Letter letter, Redriving.Outcome outcome) {
      RedriveResult.Builder result =
          RedriveResult.newBuilder()
              .setPartition(letter.place().partition())
              .setOffset(letter.place().offset())
              .setMessageId(LetterList.messageId(letter));
      return switch (outcome) {
        case Redriving.Outcome.Sent _ -> {
          sent++;
          yield result.setOutcome("REDRIVEN").build();
        }
        case Redriving.Outcome.Refused(var why) ->
            result.setOutcome(why.code()).setDetail(why.detail()).build();
      };
    }
  }
}
