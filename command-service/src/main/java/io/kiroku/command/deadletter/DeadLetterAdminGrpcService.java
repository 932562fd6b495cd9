package io.kiroku.command.deadletter;

import io.kiroku.command.call.CommandCall;
import io.kiroku.command.call.Fields;
import io.kiroku.proto.deadletter.v1.DeadLetterAdmin;
import io.kiroku.proto.deadletter.v1.ListDeadLettersRequest;
import io.kiroku.proto.deadletter.v1.ListDeadLettersResponse;
import io.kiroku.proto.deadletter.v1.RedriveDeadLetterRequest;
import io.kiroku.proto.deadletter.v1.RedriveDeadLetterResponse;
import io.kiroku.proto.deadletter.v1.RedriveDeadLettersRequest;
import io.kiroku.proto.deadletter.v1.RedriveDeadLettersResponse;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/// Shows dead letters to admins, and sends them again.
@GrpcService
class DeadLetterAdminGrpcService implements DeadLetterAdmin {
  private static final int PAGE_DEFAULT = 50;
  private static final int PAGE_MOST = 200;
  private static final int LIMIT_DEFAULT = 100;
  private static final int LIMIT_MOST = 500;
  private static final int REASON_MOST = 500;

  private final LetterBox letters;
  private final LetterList list;
  private final Redriving redriving;
  private final BulkRedriving bulk;

  DeadLetterAdminGrpcService(
      LetterBox letters, LetterList list, Redriving redriving, BulkRedriving bulk) {
    this.letters = letters;
    this.list = list;
    this.redriving = redriving;
    this.bulk = bulk;
  }

  @Override
  public Uni<ListDeadLettersResponse> listDeadLetters(ListDeadLettersRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    Fields fields =
        new Fields()
            .range("page_size", request.getPageSize(), 0, PAGE_MOST)
            .check(
                "context",
                request.getContext().isEmpty() || isContext(request.getContext()),
                "has no dead letters");
    LetterPlace from = place(fields, request.getPageToken());
    fields.verify();
    int size = request.getPageSize() == 0 ? PAGE_DEFAULT : request.getPageSize();
    return list.page(admin.tenant(), request.getContext(), from, size);
  }

  private boolean isContext(String context) {
    return letters.contexts().contains(context);
  }

  private static LetterPlace place(Fields fields, String token) {
    try {
      return token.isEmpty() ? LetterPlace.FIRST : LetterPlace.decode(token);
    } catch (IllegalArgumentException unreadable) {
      fields.check("page_token", false, "is none that this service gave");
      return LetterPlace.FIRST;
    }
  }

  @Override
  public Uni<RedriveDeadLetterResponse> redriveDeadLetter(RedriveDeadLetterRequest request) {
    Caller admin = RequestContext.current().caller().requireAdmin();
    CommandCall call = CommandCall.begin("RedriveDeadLetter", request);
    new Fields()
        .check("reason", !request.getForce() || !request.getReason().isBlank(), "is needed")
        .text("reason", request.getReason(), REASON_MOST)
        .verify();
    return letters
        .find(new LetterPlace(request.getTopic(), request.getPartition(), request.getOffset()))
        .map(found ->
            found
                .filter(letter -> redriving.isShownTo(letter, admin.tenant()))
                .orElseThrow(
                    () -> Errors.notFound("DEAD_LETTER_NOT_FOUND", "There is no such letter.")))
        .flatMap(letter ->
            redriving
                .redrive(
                    letter,
                    request.getReason(),
                    request.getForce(),
                    RedriveContexts.of(call, call.commandId(), letter))
                .map(outcome -> response(letter, outcome)));
  }

  private static RedriveDeadLetterResponse response(Letter letter, Redriving.Outcome outcome) {
    return switch (outcome) {
      case Redriving.Outcome.Refused(var reason) -> throw Errors.rejected(reason);
      case Redriving.Outcome.Sent(var revision) ->
          RedriveDeadLetterResponse.newBuilder()
              .setMessageId(LetterList.messageId(letter))
              .setSagaRevision(revision)
              .build();
    };
  }

  @Override
  public Uni<RedriveDeadLettersResponse> redriveDeadLetters(RedriveDeadLettersRequest request) {
    var _ = RequestContext.current().caller().requireAdmin();
    CommandCall call = CommandCall.begin("RedriveDeadLetters", request);
    new Fields()
        .check("context", isContext(request.getContext()), "has no dead letters")
        .range("limit", request.getLimit(), 0, LIMIT_MOST)
        .text("reason", request.getReason(), REASON_MOST)
        .verify();
    int limit = request.getLimit() == 0 ? LIMIT_DEFAULT : request.getLimit();
    return bulk.redrive(call, request.getContext(), limit, request.getReason());
  }
}
