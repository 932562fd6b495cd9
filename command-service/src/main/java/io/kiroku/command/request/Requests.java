package io.kiroku.command.request;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.UuidV5;
import io.kiroku.proto.commands.v1.CommandReply;
import io.kiroku.service.error.Problem;
import io.kiroku.service.kafka.MalformedFrame;
import io.kiroku.service.security.Caller;
import io.kiroku.service.security.Callers;
import io.kiroku.service.security.RequestContext;
import io.kiroku.service.tracing.Traces;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Carries out the commands of programs. What a command does is durable before its answer is kept,
/// and the answer before it is sent; only then may the message be acknowledged. A message that
/// comes again finds its answer.
@Singleton
public class Requests {
  private final Map<String, RequestReader> readers;
  private final Callers callers;
  private final KeptReplies kept;
  private final ReplySender sender;

  Requests(
      @All List<RequestReader> readers, Callers callers, KeptReplies kept, ReplySender sender) {
    this.readers =
        readers.stream().collect(Collectors.toMap(RequestReader::topic, Function.identity()));
    this.callers = callers;
    this.kept = kept;
    this.sender = sender;
  }

  public List<String> topics() {
    return readers.keySet().stream().sorted().toList();
  }

  /// Completes when the brokers have the answer.
  ///
  /// Fails with [MalformedFrame], [InvalidProtocolBufferException] or
  /// [io.kiroku.command.participant.UnhandledCommand] for what will never be understood, with a
  /// transient [StatusRuntimeException], or as the event store and Kafka's client do, while
  /// something is down.
  ///
  /// @param topic one of [#topics()]
  /// @param at when the message came, which its sender could not choose
  public Uni<Void> handle(String topic, ConsumerRecord<String, byte[]> message, Instant at) {
    return Uni.createFrom()
        .deferred(() -> {
          RequestReader reader = Objects.requireNonNull(readers.get(topic));
          ReceivedRequest request = ReceivedRequest.of(message);
          RequestContext context;
          try {
            context = context(request, at);
          } catch (StatusRuntimeException stranger) {
            return refuse(topic, request, stranger);
          }
          return answer(reader, request, context);
        });
  }

  /// Whose command it is; empty if nobody can tell.
  public Optional<String> tenant(ConsumerRecord<String, byte[]> message, Instant at) {
    try {
      return Optional.of(context(ReceivedRequest.of(message), at).caller().tenant());
    } catch (MalformedFrame | StatusRuntimeException _) {
      return Optional.empty();
    }
  }

  private RequestContext context(ReceivedRequest request, Instant at) {
    RequestHeaders headers = request.headers();
    RequestContext context = callers.at(at, headers.authorization(), headers.idempotencyKey());
    var _ = context.caller().requireSignedIn();
    return context;
  }

  /// Not kept: it is the same whenever it is asked for, and anybody may ask.
  private Uni<Void> refuse(String topic, ReceivedRequest request, StatusRuntimeException stranger) {
    UUID id = request.headers().id();
    CommandReply reply =
        Answers.rejected(Problem.from(stranger)).setMessageId(id.toString()).build();
    return sender.send(topic, UuidV5.of(id, reply.toByteArray()), reply, request.headers(), null);
  }

  private Uni<Void> answer(RequestReader reader, ReceivedRequest request, RequestContext context) {
    Caller caller = context.caller();
    UUID id = request.replyId(caller);
    return kept.find(id)
        .flatMap(known ->
            known.isPresent()
                ? Uni.createFrom().item(known.get())
                : decide(reader, request, context).flatMap(reply -> kept.keep(id, reply)))
        .flatMap(
            reply -> sender.send(reader.topic(), id, reply, request.headers(), caller.tenant()));
  }

  private Uni<CommandReply> decide(
      RequestReader reader, ReceivedRequest request, RequestContext context) {
    RequestHeaders headers = request.headers();
    return Traces.within(
            headers.traceparent(),
            reader.topic(),
            () -> context.within(() -> started(reader, request)))
        .map(Answers::accepted)
        .onFailure(Answers::isAnswer)
        .recoverWithItem(failure -> Answers.rejected(Answers.problem(failure)))
        .map(reply ->
            reply
                .setMessageId(headers.id().toString())
                .setCommandId(request.commandId(context.caller()).toString())
                .build());
  }

  private static Uni<Done> started(RequestReader reader, ReceivedRequest request) {
    try {
      return reader.handle(request.envelope());
    } catch (InvalidProtocolBufferException | RuntimeException failure) {
      return Uni.createFrom().failure(failure);
    }
  }
}
