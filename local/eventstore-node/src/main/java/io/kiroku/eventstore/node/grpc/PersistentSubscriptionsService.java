package io.kiroku.eventstore.node.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.groups.Group;
import io.kiroku.eventstore.node.groups.GroupId;
import io.kiroku.eventstore.node.groups.Groups;
import io.kiroku.eventstore.node.log.Streams;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateResp;
import io.kiroku.eventstore.node.proto.persistent.Persistent.DeleteReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.DeleteResp;
import io.kiroku.eventstore.node.proto.persistent.Persistent.GetInfoReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.GetInfoResp;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ListReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ListResp;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReplayParkedReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReplayParkedResp;
import io.kiroku.eventstore.node.proto.persistent.Persistent.UpdateReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.UpdateResp;
import io.kiroku.eventstore.node.proto.persistent.PersistentSubscriptionsGrpc.PersistentSubscriptionsImplBase;
import io.kiroku.eventstore.node.proto.shared.Shared;
import io.kiroku.eventstore.node.proto.shared.Shared.StreamIdentifier;
import java.util.Collection;

/// `event_store.client.persistent_subscriptions.PersistentSubscriptions`. What manages groups runs
/// on virtual threads, because it waits for the log.
public final class PersistentSubscriptionsService extends PersistentSubscriptionsImplBase {
  private final Groups groups;

  public PersistentSubscriptionsService(Groups groups) {
    this.groups = groups;
  }

  @Override
  public StreamObserver<ReadReq> read(StreamObserver<ReadResp> out) {
    return new ConsumerCall(groups, (ServerCallStreamObserver<ReadResp>) out);
  }

  @Override
  public void create(CreateReq request, StreamObserver<CreateResp> out) {
    BlockingCalls.answer(
        out,
        () -> {
          CreateReq.Options options = request.getOptions();
          groups.create(GroupRequests.id(options), GroupRequests.settings(options));
          return CreateResp.getDefaultInstance();
        });
  }

  @Override
  public void update(UpdateReq request, StreamObserver<UpdateResp> out) {
    BlockingCalls.answer(
        out,
        () -> {
          CreateReq.Options options = GroupRequests.asOfCreate(request.getOptions());
          groups.update(GroupRequests.id(options), GroupRequests.settings(options));
          return UpdateResp.getDefaultInstance();
        });
  }

  @Override
  public void delete(DeleteReq request, StreamObserver<DeleteResp> out) {
    DeleteReq.Options options = request.getOptions();
    BlockingCalls.answer(
        out,
        () -> {
          groups.delete(
              GroupRequests.id(
                  options.hasAll(), options.getStreamIdentifier(), options.getGroupName()));
          return DeleteResp.getDefaultInstance();
        });
  }

  @Override
  public void getInfo(GetInfoReq request, StreamObserver<GetInfoResp> out) {
    GetInfoReq.Options options = request.getOptions();
    BlockingCalls.answer(
        out,
        () -> {
          GroupId id = id(options.hasAll(), options.getStreamIdentifier(), options.getGroupName());
          return GetInfoResp.newBuilder()
              .setSubscriptionInfo(GroupAnswers.info(groups.get(id)))
              .build();
        });
  }

  @Override
  public void list(ListReq request, StreamObserver<ListResp> out) {
    ListReq.Options options = request.getOptions();
    BlockingCalls.answer(
        out,
        () -> {
          Collection<Group> found =
              options.hasListForStream()
                  ? groups.of(source(options.getListForStream()))
                  : groups.all();
          ListResp.Builder answer = ListResp.newBuilder();
          found.forEach(group -> answer.addSubscriptions(GroupAnswers.info(group)));
          return answer.build();
        });
  }

  private static String source(ListReq.StreamOption option) {
    return option.hasAll() ? Streams.ALL : Wire.stream(option.getStream());
  }

  @Override
  public void replayParked(ReplayParkedReq request, StreamObserver<ReplayParkedResp> out) {
    ReplayParkedReq.Options options = request.getOptions();
    BlockingCalls.answer(
        out,
        () -> {
          GroupId id = id(options.hasAll(), options.getStreamIdentifier(), options.getGroupName());
          long stopAt = options.hasStopAt() ? options.getStopAt() : Long.MAX_VALUE;
          if (stopAt < 0) {
            throw Errors.groupFailed(
                id.source(),
                id.group(),
                "Cannot stop replaying parked message at a negative version.");
          }
          groups.get(id).replayParked(stopAt);
          return ReplayParkedResp.getDefaultInstance();
        });
  }

  @Override
  public void restartSubsystem(Shared.Empty request, StreamObserver<Shared.Empty> out) {
    BlockingCalls.answer(
        out,
        () -> {
          groups.restart();
          return Wire.EMPTY;
        });
  }

  static GroupId id(boolean all, StreamIdentifier stream, String group) {
    return new GroupId(all ? Streams.ALL : Wire.utf8(stream.getStreamName()), group);
  }
}
