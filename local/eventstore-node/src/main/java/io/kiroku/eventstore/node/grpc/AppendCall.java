package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Streams;
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
import org.jspecify.annotations.Nullable;

/// One `Streams.Append`: options, then the events, then one answer.
final class AppendCall implements StreamObserver<AppendReq> {
  private final EventLog log;
  private final StreamObserver<AppendResp> out;
  private final ProposedEvents events;
  private AppendReq.@Nullable Options options;
  private boolean failed;

  AppendCall(EventLog log, int sizeBytesMax, StreamObserver<AppendResp> out) {
    this.log = log;
    this.out = out;
    events = new ProposedEvents(sizeBytesMax);
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
    events.add(
        proposed.getId(),
        proposed.getMetadataMap(),
        proposed.getCustomMetadata(),
        proposed.getData());
    if (events.tooBig()) {
      throw Errors.tooBig(events.sizeBytesMax());
    }
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
          case REVISION -> Wire.expected(of.getRevision());
          case NO_STREAM -> Streams.NONE;
          case STREAM_EXISTS -> Write.EXISTS;
          case ANY -> Write.ANY;
          case EXPECTEDSTREAMREVISION_NOT_SET -> throw Errors.noExpectedRevision();
        };
    return new Append(Wire.writable(of.getStreamIdentifier()), expected, events.events());
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
