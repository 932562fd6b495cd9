package io.kiroku.command.call;

import com.google.protobuf.Message;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandIds;
import io.kiroku.eventstore.CommandOutcome;
import io.kiroku.eventstore.ConsistencyToken;
import io.kiroku.service.error.Errors;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.RequestContext;
import io.kiroku.service.security.ResponseTrailers;
import io.kiroku.service.tracing.Traces;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One command of a client, from the gRPC call to its answer.
///
/// @param requestHash of the method and everything the client sent, before anything is added
public record CommandCall(
    Caller caller,
    UUID commandId,
    String requestHash,
    String traceparent,
    String method,
    ResponseTrailers trailers) {
  private static final Logger LOG = Logger.getLogger(CommandCall.class);

  /// To be called first thing in a gRPC method. Fails if nobody is signed in.
  ///
  /// @param method tells requests apart that look the same
  public static CommandCall begin(String method, Message request) {
    RequestContext context = RequestContext.current();
    Caller caller = context.caller().requireSignedIn();
    String key = context.idempotencyKey();
    UUID commandId =
        key == null
            ? UUID.randomUUID()
            : CommandIds.commandId(caller.tenant(), caller.userId(), key);
    return new CommandCall(
        caller,
        commandId,
        hash(method, request),
        Traces.current(),
        method,
        ResponseTrailers.current());
  }

  private static String hash(String method, Message request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(method.getBytes(StandardCharsets.UTF_8));
    bytes.write('\n');
    // No message here has a map, so the bytes are the same whenever the request is.
    bytes.writeBytes(request.toByteArray());
    return CommandIds.requestHash(bytes.toByteArray());
  }

  /// The id of what the command creates.
  public UUID derived(String kind) {
    return CommandIds.derived(commandId, kind);
  }

  /// The business transaction that the command begins.
  public UUID jobId() {
    return derived("job");
  }

  /// @param expectedRevision null if any will do
  public CommandContext context(@Nullable Long expectedRevision) {
    return new CommandContext(
        commandId,
        requestHash,
        caller.userId(),
        caller.tenant(),
        jobId(),
        commandId,
        null,
        traceparent,
        expectedRevision);
  }

  /// The answer to an accepted command, or the failure that tells the refusal.
  ///
  /// @param answer takes what was accepted and the consistency token, which also becomes a trailer
  public <S, E, R> R answer(
      CommandOutcome<S, E> outcome, BiFunction<CommandOutcome.Accepted<S, E>, String, R> answer) {
    return switch (outcome) {
      case CommandOutcome.Rejected<S, E>(var reason) -> throw Errors.rejected(reason);
      case CommandOutcome.Accepted<S, E> accepted -> {
        String token =
            ConsistencyToken.of(caller.tenant(), accepted.stream(), accepted.revision()).encode();
        trailers.consistencyToken(token);
        log(accepted);
        yield answer.apply(accepted, token);
      }
    };
  }

  private <S, E> void log(CommandOutcome.Accepted<S, E> accepted) {
    if (LOG.isInfoEnabled()) {
      Traces.within(
          traceparent,
          "accepted " + method,
          () ->
              LOG.infof(
                  "%s accepted: %s@%d%s",
                  method,
                  accepted.stream(),
                  accepted.revision(),
                  accepted.repeated() ? " (repeated)" : ""));
    }
  }
}
