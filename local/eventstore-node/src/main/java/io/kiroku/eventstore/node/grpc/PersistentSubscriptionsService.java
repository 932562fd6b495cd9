package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.groups.Group;
import io.kiroku.eventstore.node.groups.GroupId;
import io.kiroku.eventstore.node.groups.GroupRefused;
import io.kiroku.eventstore.node.groups.Groups;
import io.kiroku.eventstore.node.log.LogStorage.StorageUnavailable;
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
import java.util.function.Supplier;

/// `event_store.client.persistent_subscriptions.PersistentSubscriptions`. What manages groups runs
/// on virtual threads, because it waits for the log.
public final class PersistentSubscriptionsService extends PersistentSubscriptionsImplBase {
  private static final System.Logger LOG =
      System.getLogger(PersistentSubscriptionsService.class.getName());

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
    answer(
        out,
        () -> {
          CreateReq.Options options = request.getOptions();
          GroupId id =
              id(
                  options.hasAll(),
                  options.hasStream()
                      ? options.getStream().getStreamIdentifier()
                      : GroupRequests.legacyStream(options),
                  options.getGroupName());
          GroupRequests.checkSource(id, options.hasAll());
          groups.create(id, GroupRequests.settings(options));
          return CreateResp.getDefaultInstance();
        });
  }

  @Override
  public void update(UpdateReq request, StreamObserver<UpdateResp> out) {
    answer(
        out,
        () -> {
          UpdateReq.Options options = request.getOptions();
          GroupId id =
              id(
                  options.hasAll(),
                  options.hasStream()
                      ? options.getStream().getStreamIdentifier()
                      : GroupRequests.legacyStream(options),
                  options.getGroupName());
          groups.update(id, GroupRequests.settings(options));
          return UpdateResp.getDefaultInstance();
        });
  }

  @Override
  public void delete(DeleteReq request, StreamObserver<DeleteResp> out) {
    DeleteReq.Options options = request.getOptions();
    answer(
        out,
        () -> {
          groups.delete(
              id(options.hasAll(), options.getStreamIdentifier(), options.getGroupName()));
          return DeleteResp.getDefaultInstance();
        });
  }

  @Override
  public void getInfo(GetInfoReq request, StreamObserver<GetInfoResp> out) {
    GetInfoReq.Options options = request.getOptions();
    answer(
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
    answer(
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
    return option.hasAll() ? GroupId.ALL : Wire.stream(option.getStream());
  }

  @Override
  public void replayParked(ReplayParkedReq request, StreamObserver<ReplayParkedResp> out) {
    ReplayParkedReq.Options options = request.getOptions();
    answer(
        out,
        () -> {
          GroupId id = id(options.hasAll(), options.getStreamIdentifier(), options.getGroupName());
          long stopAt = options.hasStopAt() ? options.getStopAt() : Long.MAX_VALUE;
          if (stopAt < 0) {
            throw Errors.groupFailed(id.source(), id.group(), "Cannot stop at " + stopAt);
          }
          groups.get(id).replayParked(stopAt);
          return ReplayParkedResp.getDefaultInstance();
        });
  }

  @Override
  public void restartSubsystem(Shared.Empty request, StreamObserver<Shared.Empty> out) {
    answer(
        out,
        () -> {
          groups.restart();
          return Wire.EMPTY;
        });
  }

  static GroupId id(boolean all, StreamIdentifier stream, String group) {
    return new GroupId(all ? GroupId.ALL : stream.getStreamName().toStringUtf8(), group);
  }

  private static <A> void answer(StreamObserver<A> out, Supplier<A> work) {
    Thread.startVirtualThread(() -> {
      try {
        A answer = work.get();
        out.onNext(answer);
        out.onCompleted();
      } catch (GroupRefused e) {
        out.onError(GroupAnswers.refused(e));
      } catch (StatusRuntimeException e) {
        out.onError(e);
      } catch (StorageUnavailable _) {
        out.onError(Errors.unavailable("The storage is away"));
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.WARNING, "A request about a group failed", e);
        out.onError(Errors.unknown(e.toString()));
      }
    });
  }
}
