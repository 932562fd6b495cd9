package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.node.grpc.AppendLimits.Exceeded;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Write.Append;
import io.kiroku.eventstore.node.proto.shared.Shared;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq.Options;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq.ProposedMessage;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendResp;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One append of a `Streams.BatchAppend`, from its options to its answer. The answer is a future,
/// so that there is one only, whoever comes first: the log, the clock or a refusal.
final class BatchedAppend {
  /// Bytes of an append on the heap beside its options and events, roughly.
  private static final int OVERHEAD_BYTES = 400;

  private final Shared.UUID id;
  private final Options options;
  private final ProposedEvents events;
  private String stream = "";
  private long expected;
  private final CompletableFuture<BatchAppendResp.Builder> answer = new CompletableFuture<>();
  private final int openedBytes;
  private long countedBytes;
  private boolean submitted;

  BatchedAppend(BatchAppendReq first, AppendLimits limits) {
    id = first.getCorrelationId();
    options = first.getOptions();
    events = new ProposedEvents(limits);
    openedBytes = OVERHEAD_BYTES + id.getSerializedSize() + options.getSerializedSize();
  }

  /// Calls the listener once, from any thread.
  void onAnswer(Consumer<BatchAppendResp> listener) {
    var _ =
        answer.thenAccept(response ->
            listener.accept(
                response
                    .setCorrelationId(id)
                    .setStreamIdentifier(options.getStreamIdentifier())
                    .build()));
  }

  /// From now on the clock runs.
  void begin() {
    long nanos = BatchOptions.timeoutNanos(options);
    if (nanos <= 0) {
      answer(BatchAnswers.timeout());
      return;
    }
    answer.completeOnTimeout(BatchAnswers.timeout(), nanos, TimeUnit.NANOSECONDS);
    try {
      stream = Wire.writable(options.getStreamIdentifier());
      expected = BatchOptions.expected(options);
    } catch (StatusRuntimeException e) {
      answer(BatchAnswers.refused(e));
    }
  }

  /// Whether nothing more is expected from the client.
  boolean settled() {
    return submitted || answer.isDone();
  }

  /// Takes more events, and submits them if they are all.
  void take(BatchAppendReq chunk, EventLog log) {
    if (settled()) {
      return;
    }
    try {
      for (ProposedMessage proposed : chunk.getProposedMessagesList()) {
        events.add(
            proposed.getId(),
            proposed.getMetadataMap(),
            proposed.getCustomMetadata(),
            proposed.getData());
      }
    } catch (StatusRuntimeException e) {
      answer(BatchAnswers.refused(e));
      return;
    }
    Exceeded exceeded = events.exceeded();
    if (exceeded != null) {
      answer(BatchAnswers.tooBig(exceeded));
    } else if (chunk.getIsFinal()) {
      submit(log);
    }
  }

  private void submit(EventLog log) {
    submitted = true;
    Append append = new Append(stream, expected, events.events());
    log.append(append, outcome -> answer(BatchAnswers.of(append, outcome)));
  }

  /// Nothing happens if it is answered already.
  void answer(BatchAppendResp.Builder response) {
    answer.complete(response);
  }

  /// Counts what this occupies in memory now, roughly, and returns how much more that is than when
  /// it was counted last.
  long grownBytes() {
    long before = countedBytes;
    countedBytes = openedBytes + events.heldBytes();
    return countedBytes - before;
  }

  long countedBytes() {
    return countedBytes;
  }
}
