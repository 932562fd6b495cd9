package io.kiroku.eventstore.node.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.Write;
import io.kiroku.eventstore.node.log.Write.Delete;
import io.kiroku.eventstore.node.log.Write.Outcome.Refused;
import io.kiroku.eventstore.node.log.Write.Outcome.StreamDeleted;
import io.kiroku.eventstore.node.log.Write.Outcome.Unavailable;
import io.kiroku.eventstore.node.log.Write.Outcome.Written;
import io.kiroku.eventstore.node.log.Write.Outcome.WrongRevision;
import io.kiroku.eventstore.node.log.Write.Tombstone;
import io.kiroku.eventstore.node.proto.streams.StreamsGrpc.StreamsImplBase;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.AppendResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.BatchAppendResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.DeleteReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.DeleteResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.TombstoneReq;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.TombstoneResp;
import java.util.function.LongConsumer;

/// `event_store.client.streams.Streams`. Its methods run on the transport's threads and never block
/// them.
public final class StreamsService extends StreamsImplBase implements AutoCloseable {
  private static final long UNFINISHED_BYTES_MAX = 32 << 20;

  private final EventLog log;
  private final AppendLimits limits;
  private final UnfinishedAppends unfinished = new UnfinishedAppends(UNFINISHED_BYTES_MAX);
  private final ReadCalls reads;
  private final BatchAppendCalls batches;

  public StreamsService(EventLog log, AppendLimits limits) {
    this.log = log;
    this.limits = limits;
    reads = new ReadCalls(log);
    batches = new BatchAppendCalls(log, limits);
  }

  @Override
  public void read(ReadReq request, StreamObserver<ReadResp> out) {
    reads.start(request, (ServerCallStreamObserver<ReadResp>) out);
  }

  @Override
  public StreamObserver<AppendReq> append(StreamObserver<AppendResp> out) {
    return new AppendCall(log, limits, unfinished, out);
  }

  @Override
  public StreamObserver<BatchAppendReq> batchAppend(StreamObserver<BatchAppendResp> out) {
    return batches.start((ServerCallStreamObserver<BatchAppendResp>) out);
  }

  @Override
  public void delete(DeleteReq request, StreamObserver<DeleteResp> out) {
    DeleteReq.Options options = request.getOptions();
    long expected =
        Wire.expected(options.getExpectedStreamRevisionCase().getNumber(), options.getRevision());
    write(
        new Delete(Wire.writable(options.getStreamIdentifier()), expected),
        out,
        position -> {
          DeleteResp.Position at =
              DeleteResp.Position.newBuilder()
                  .setCommitPosition(position)
                  .setPreparePosition(position)
                  .build();
          out.onNext(DeleteResp.newBuilder().setPosition(at).build());
        });
  }

  @Override
  public void tombstone(TombstoneReq request, StreamObserver<TombstoneResp> out) {
    TombstoneReq.Options options = request.getOptions();
    long expected =
        Wire.expected(options.getExpectedStreamRevisionCase().getNumber(), options.getRevision());
    write(
        new Tombstone(Wire.writable(options.getStreamIdentifier()), expected),
        out,
        position -> {
          TombstoneResp.Position at =
              TombstoneResp.Position.newBuilder()
                  .setCommitPosition(position)
                  .setPreparePosition(position)
                  .build();
          out.onNext(TombstoneResp.newBuilder().setPosition(at).build());
        });
  }

  /// How many catch-up subscriptions are open.
  public int subscriptions() {
    return reads.subscriptions();
  }

  private void write(Write write, StreamObserver<?> out, LongConsumer answer) {
    String stream = write.stream();
    log.append(
        write,
        outcome -> {
          switch (outcome) {
            case Written written -> {
              answer.accept(written.position());
              out.onCompleted();
            }
            case WrongRevision wrong ->
                out.onError(Errors.wrongExpectedVersion(stream, write.expected(), wrong.current()));
            case StreamDeleted _ -> out.onError(Errors.streamDeleted(stream));
            case Refused refused -> out.onError(Errors.invalidTransaction(refused.reason()));
            case Unavailable away -> out.onError(Errors.unavailable(away.reason()));
          }
        });
  }

  /// Ends all calls that would go on.
  @Override
  public void close() {
    reads.close();
    batches.close();
  }
}
