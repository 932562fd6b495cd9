package io.kiroku.eventstore.node.grpc;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.groups.Group;
import io.kiroku.eventstore.node.groups.Group.Refusal;
import io.kiroku.eventstore.node.groups.GroupConsumer;
import io.kiroku.eventstore.node.groups.GroupId;
import io.kiroku.eventstore.node.groups.GroupRefused;
import io.kiroku.eventstore.node.groups.Groups;
import io.kiroku.eventstore.node.groups.Message;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadReq.Nack;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp.SubscriptionConfirmation;
import io.kiroku.eventstore.node.proto.shared.Shared;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One consumer of a persistent subscription: options, then acknowledgements in, messages out. The
/// number of its slots bounds what is on the way, and their size what the client leaves there.
final class ConsumerCall implements StreamObserver<ReadReq>, GroupConsumer.Output {
  private static final int SLOTS_DEFAULT = 10;

  /// What is unanswered is kept in memory, whatever a client asks for.
  private static final int SLOTS_MAX = 5_000;

  private final Groups groups;
  private final ServerCallStreamObserver<ReadResp> out;
  private @Nullable GroupId subscription;
  private @Nullable Connection connection;
  private boolean structuredIds;
  private boolean ended;

  ConsumerCall(Groups groups, ServerCallStreamObserver<ReadResp> out) {
    this.groups = groups;
    this.out = out;
    out.setOnCancelHandler(this::disconnect);
    out.setOnReadyHandler(this::resume);
  }

  @Override
  public void onNext(ReadReq request) {
    try {
      switch (request.getContentCase()) {
        case OPTIONS -> connect(request.getOptions());
        case ACK -> opened().acknowledge(request.getAck());
        case NACK -> opened().refuse(request.getNack());
        case CONTENT_NOT_SET -> throw Errors.invalid("The request is empty");
      }
    } catch (GroupRefused e) {
      fail(GroupAnswers.refused(e));
    } catch (StatusRuntimeException e) {
      fail(e);
    }
  }

  private void connect(ReadReq.Options options) {
    if (connection != null) {
      throw Errors.invalid("Options come once");
    }
    GroupId id =
        PersistentSubscriptionsService.id(
            options.hasAll(), options.getStreamIdentifier(), options.getGroupName());
    structuredIds = !options.getUuidOption().hasString();
    int wanted = options.getBufferSize() > 0 ? options.getBufferSize() : SLOTS_DEFAULT;
    int slots = Math.min(wanted, SLOTS_MAX);
    Group group = groups.get(id);
    subscription = id;
    connection = new Connection(group, group.connect(this, Calls.CONNECTION.get(), slots));
  }

  private Connection opened() {
    if (connection == null) {
      throw Errors.invalid("Options come first");
    }
    return connection;
  }

  /// The group that this consumer belongs to, and what it is there.
  private record Connection(Group group, GroupConsumer consumer) {
    void acknowledge(ReadReq.Ack ack) {
      group.acknowledge(consumer, ids(ack.getIdsList()));
    }

    void refuse(Nack nack) {
      Refusal refusal =
          switch (nack.getAction()) {
            case Unknown, Retry, UNRECOGNIZED -> Refusal.RETRY;
            case Park -> Refusal.PARK;
            case Skip, Stop -> Refusal.SKIP;
          };
      group.refuse(consumer, ids(nack.getIdsList()), refusal, nack.getReason());
    }

    void disconnect() {
      group.disconnect(consumer);
    }
  }

  private static List<UUID> ids(List<Shared.UUID> ids) {
    return ids.stream().map(Wire::uuid).toList();
  }

  @Override
  public void onError(Throwable error) {
    disconnect();
  }

  @Override
  public void onCompleted() {
    disconnect();
    synchronized (this) {
      if (!ended && !out.isCancelled()) {
        ended = true;
        out.onCompleted();
      }
    }
  }

  private void disconnect() {
    if (connection != null) {
      connection.disconnect();
    }
  }

  private void resume() {
    if (connection != null) {
      connection.group().resume();
    }
  }

  @Override
  public boolean ready() {
    return out.isReady();
  }

  @Override
  public void connected() {
    send(
        ReadResp.newBuilder()
            .setSubscriptionConfirmation(
                SubscriptionConfirmation.newBuilder()
                    .setSubscriptionId(String.valueOf(subscription)))
            .build());
  }

  @Override
  public void deliver(Message message) {
    send(GroupAnswers.message(message, structuredIds));
  }

  @Override
  public void dropped() {
    if (subscription != null) {
      end(GroupAnswers.dropped(subscription));
    }
  }

  @Override
  public void closed() {
    end(Errors.unavailable("Server Is Shutting Down"));
  }

  private synchronized void send(ReadResp response) {
    if (!ended && !out.isCancelled()) {
      out.onNext(response);
    }
  }

  private void fail(StatusRuntimeException error) {
    disconnect();
    end(error);
  }

  private synchronized void end(StatusRuntimeException error) {
    if (!ended && !out.isCancelled()) {
      ended = true;
      out.onError(error);
    }
  }
}
