package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import io.kiroku.eventstore.node.log.Write;
import io.kiroku.eventstore.node.log.Write.Append;
import io.kiroku.eventstore.node.log.Write.Outcome;
import io.kiroku.eventstore.node.log.Write.Outcome.Refused;
import io.kiroku.eventstore.node.log.Write.Outcome.StreamDeleted;
import io.kiroku.eventstore.node.log.Write.Outcome.Unavailable;
import io.kiroku.eventstore.node.log.Write.Outcome.Written;
import io.kiroku.eventstore.node.log.Write.Outcome.WrongRevision;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq.ProposedMessage;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendResp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One `Streams.Append`: options, then the events, then one answer.
final class AppendCall implements StreamObserver<AppendReq> {
  private final EventLog log;
  private final int sizeBytesMax;
  private final StreamObserver<AppendResp> out;
  private final List<Event> events = new ArrayList<>();
  private AppendReq.@Nullable Options options;
  private long sizeBytes;
  private boolean failed;

  AppendCall(EventLog log, int sizeBytesMax, StreamObserver<AppendResp> out) {
    this.log = log;
    this.sizeBytesMax = sizeBytesMax;
    this.out = out;
  }

  @Override
  public void onNext(AppendReq request) {
    if (failed) {
      return;
    }
    try {
      accept(request);
    } catch (StatusRuntimeException e) {
      failed = true;
      out.onError(e);
    }
  }

  private void accept(AppendReq request) {
    if (request.hasOptions() == (options != null)) {
      throw Errors.invalid("Options come first and once, then the proposed messages");
    }
    if (request.hasOptions()) {
      options = request.getOptions();
      return;
    }
    ProposedMessage proposed = request.getProposedMessage();
    Event event =
        Wire.event(
            proposed.getId(),
            proposed.getMetadataMap(),
            proposed.getCustomMetadata(),
            proposed.getData());
    sizeBytes += event.countedBytes();
    if (sizeBytes > sizeBytesMax) {
      throw Errors.tooBig(sizeBytesMax);
    }
    events.add(event);
  }

  @Override
  public void onError(Throwable error) {
    failed = true; // the client went away before it had said everything
  }

  @Override
  public void onCompleted() {
    if (failed) {
      return;
    }
    try {
      if (options == null) {
        throw Errors.invalid("There are no options");
      }
      Append append = append(options);
      log.append(append, outcome -> answer(append, outcome));
    } catch (StatusRuntimeException e) {
      out.onError(e);
    }
  }

  private Append append(AppendReq.Options of) {
    long expected =
        switch (of.getExpectedStreamRevisionCase()) {
          case REVISION -> Wire.unsigned(of.getRevision());
          case NO_STREAM -> -1;
          case STREAM_EXISTS -> Write.EXISTS;
          case ANY -> Write.ANY;
          case EXPECTEDSTREAMREVISION_NOT_SET -> throw Errors.invalid("No expected revision");
        };
    return new Append(Wire.stream(of.getStreamIdentifier()), expected, events);
  }

  private void answer(Append append, Outcome outcome) {
    switch (outcome) {
      case Written written -> answer(AppendAnswers.written(written));
      case WrongRevision wrong -> answer(AppendAnswers.wrong(append.expected(), wrong.current()));
      case StreamDeleted _ -> out.onError(Errors.streamDeleted(append.stream()));
      case Refused refused -> out.onError(Errors.invalidTransaction(refused.reason()));
      case Unavailable away -> out.onError(Errors.unavailable(away.reason()));
    }
  }

  private void answer(AppendResp response) {
    out.onNext(response);
    out.onCompleted();
  }
}
