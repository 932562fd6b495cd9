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
/// number of its slots bounds what is unanswered, the transport what is on the way.
final class ConsumerCall implements StreamObserver<ReadReq>, GroupConsumer.Output {
  private static final int SLOTS_DEFAULT = 10;

  /// What is unanswered is kept in memory, whatever a client asks for.
  private static final int SLOTS_MAX = 5_000;

  private final Groups groups;
  private final ServerCallStreamObserver<ReadResp> out;
  private @Nullable Group group;
  private @Nullable GroupConsumer consumer;
  private boolean structuredIds;
  private boolean ended;

  ConsumerCall(Groups groups, ServerCallStreamObserver<ReadResp> out) {
    this.groups = groups;
    this.out = out;
    out.setOnCancelHandler(this::disconnect);
    out.setOnReadyHandler(this::pushOn);
  }

  @Override
  public void onNext(ReadReq request) {
    try {
      switch (request.getContentCase()) {
        case OPTIONS -> connect(request.getOptions());
        case ACK -> acknowledge(request.getAck());
        case NACK -> refuse(request.getNack());
        case CONTENT_NOT_SET -> throw Errors.invalid("The request is empty");
      }
    } catch (GroupRefused e) {
      end(GroupAnswers.refused(e));
    } catch (StatusRuntimeException e) {
      end(e);
    }
  }

  private void connect(ReadReq.Options options) {
    if (group != null) {
      throw Errors.invalid("Options come once");
    }
    GroupId id =
        PersistentSubscriptionsService.id(
            options.hasAll(), options.getStreamIdentifier(), options.getGroupName());
    Group found = groups.get(id);
    structuredIds = !options.getUuidOption().hasString();
    int wanted = options.getBufferSize() > 0 ? options.getBufferSize() : SLOTS_DEFAULT;
    int slots = Math.min(wanted, SLOTS_MAX);
    GroupConsumer connected =
        new GroupConsumer(this, Calls.PEER.get(), Calls.CONNECTION.get(), slots);
    group = found;
    consumer = connected;
    send(
        ReadResp.newBuilder()
            .setSubscriptionConfirmation(
                SubscriptionConfirmation.newBuilder().setSubscriptionId(id.toString()))
            .build());
    found.connect(connected);
  }

  private void acknowledge(ReadReq.Ack ack) {
    if (group == null || consumer == null) {
      throw Errors.invalid("Options come first");
    }
    group.acknowledge(consumer, ids(ack.getIdsList()));
  }

  private void refuse(Nack nack) {
    Refusal refusal =
        switch (nack.getAction()) {
          case Unknown, Retry, UNRECOGNIZED -> Refusal.RETRY;
          case Park -> Refusal.PARK;
          case Skip, Stop -> Refusal.SKIP;
        };
    if (group == null || consumer == null) {
      throw Errors.invalid("Options come first");
    }
    group.refuse(consumer, ids(nack.getIdsList()), refusal, nack.getReason());
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
    if (group != null && consumer != null) {
      group.disconnect(consumer);
    }
  }

  private void pushOn() {
    if (group != null) {
      group.pushOn();
    }
  }

  @Override
  public boolean ready() {
    return out.isReady();
  }

  @Override
  public void deliver(Message message) {
    send(GroupAnswers.message(message, structuredIds));
  }

  @Override
  public void dropped() {
    if (group != null) {
      end(GroupAnswers.dropped(group.id()));
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

  private synchronized void end(StatusRuntimeException error) {
    if (!ended && !out.isCancelled()) {
      ended = true;
      out.onError(error);
    }
  }
}
