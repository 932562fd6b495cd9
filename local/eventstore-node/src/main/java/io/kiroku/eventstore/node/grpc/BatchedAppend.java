package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
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
  /// Bytes of a chunk or an event on the heap beside its payload, roughly.
  private static final int OVERHEAD_BYTES = 200;

  private final Shared.UUID id;
  private final Options options;
  private final ProposedEvents events;
  private final CompletableFuture<BatchAppendResp.Builder> answer = new CompletableFuture<>();
  private long heldBytes;
  private boolean submitted;

  BatchedAppend(BatchAppendReq first, int sizeBytesMax) {
    id = first.getCorrelationId();
    options = first.getOptions();
    events = new ProposedEvents(sizeBytesMax);
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
      var _ = append();
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
    if (events.tooBig()) {
      answer(BatchAnswers.tooBig(events.sizeBytesMax()));
    } else if (chunk.getIsFinal()) {
      submit(log);
    }
  }

  private void submit(EventLog log) {
    submitted = true;
    Append append = append();
    log.append(append, outcome -> answer(BatchAnswers.of(append, outcome)));
  }

  /// Fails with a gRPC status if the options are none that can be followed.
  private Append append() {
    return new Append(
        Wire.writable(options.getStreamIdentifier()),
        BatchOptions.expected(options),
        events.events());
  }

  /// Nothing happens if it is answered already.
  void answer(BatchAppendResp.Builder response) {
    answer.complete(response);
  }

  /// Counts a chunk towards what this occupies in memory, and returns about how much it is.
  long hold(BatchAppendReq chunk) {
    long bytes = OVERHEAD_BYTES;
    for (ProposedMessage proposed : chunk.getProposedMessagesList()) {
      bytes += OVERHEAD_BYTES + proposed.getData().size() + proposed.getCustomMetadata().size();
    }
    heldBytes += bytes;
    return bytes;
  }

  long heldBytes() {
    return heldBytes;
  }
}
