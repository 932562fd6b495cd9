package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.grpc.AppendLimits.Exceeded;
import io.kiroku.eventstore.node.log.EventLog;
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
  private final UnfinishedAppends unfinished;
  private final StreamObserver<AppendResp> out;
  private final ProposedEvents events;
  private boolean opened;
  private String stream = "";
  private long expected;
  private boolean ended;

  AppendCall(
      EventLog log,
      AppendLimits limits,
      UnfinishedAppends unfinished,
      StreamObserver<AppendResp> out) {
    this.log = log;
    this.unfinished = unfinished;
    this.out = out;
    events = new ProposedEvents(limits);
  }

  @Override
  public void onNext(AppendReq request) {
    AppendCall slowest = take(request);
    if (slowest != null) {
      slowest.giveWay();
    }
  }

  /// Returns the call that is to give way for it, if there is one.
  private synchronized @Nullable AppendCall take(AppendReq request) {
    if (ended) {
      return null;
    }
    try {
      accept(request);
      return unfinished.holds(this, events.heldBytes());
    } catch (StatusRuntimeException e) {
      fail(e);
      return null;
    }
  }

  private synchronized void giveWay() {
    if (!ended) {
      fail(Errors.unavailable("Server Is Too Busy"));
    }
  }

  private void fail(StatusRuntimeException error) {
    forget();
    out.onError(error);
  }

  private void forget() {
    end();
    events.clear();
  }

  private void end() {
    ended = true;
    unfinished.finished(this);
  }

  private void accept(AppendReq request) {
    if (request.hasOptions() == opened) {
      throw Errors.invalid("Options come first and once, then the proposed messages");
    }
    if (!opened) {
      open(request.getOptions());
      return;
    }
    ProposedMessage proposed = request.getProposedMessage();
    events.add(
        proposed.getId(),
        proposed.getMetadataMap(),
        proposed.getCustomMetadata(),
        proposed.getData());
    Exceeded exceeded = events.exceeded();
    if (exceeded != null) {
      throw Errors.tooBig(exceeded);
    }
  }

  /// Keeps nothing else of the options, which may be as big as a message.
  private void open(AppendReq.Options options) {
    opened = true;
    stream = Wire.writable(options.getStreamIdentifier());
    expected =
        Wire.expected(options.getExpectedStreamRevisionCase().getNumber(), options.getRevision());
  }

  /// The client went away before it had said everything.
  @Override
  public synchronized void onError(Throwable error) {
    if (!ended) {
      forget();
    }
  }

  @Override
  public synchronized void onCompleted() {
    if (ended) {
      return;
    }
    if (!opened) {
      fail(Errors.invalid("There are no options"));
      return;
    }
    Append append = new Append(stream, expected, events.events());
    end();
    log.append(append, outcome -> answer(append, outcome));
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
