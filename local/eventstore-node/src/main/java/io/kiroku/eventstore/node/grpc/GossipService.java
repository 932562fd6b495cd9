package io.kiroku.eventstore.node.grpc;

import io.grpc.stub.StreamObserver;
import io.kiroku.eventstore.node.log.Ticks;
import io.kiroku.eventstore.node.proto.gossip.GossipGrpc.GossipImplBase;
import io.kiroku.eventstore.node.proto.gossip.GossipOuterClass.ClusterInfo;
import io.kiroku.eventstore.node.proto.gossip.GossipOuterClass.EndPoint;
import io.kiroku.eventstore.node.proto.gossip.GossipOuterClass.MemberInfo;
import io.kiroku.eventstore.node.proto.gossip.GossipOuterClass.MemberInfo.VNodeState;
import io.kiroku.eventstore.node.proto.shared.Shared;
import java.util.UUID;
import java.util.function.IntSupplier;

/// A cluster of one, and its leader.
public final class GossipService extends GossipImplBase {
  private final UUID instance;
  private final String host;
  private final IntSupplier port;

  /// @param instance differs at every start
  public GossipService(UUID instance, String host, IntSupplier port) {
    this.instance = instance;
    this.host = host;
    this.port = port;
  }

  @Override
  public void read(Shared.Empty request, StreamObserver<ClusterInfo> out) {
    MemberInfo member =
        MemberInfo.newBuilder()
            .setInstanceId(Wire.uuid(instance, true))
            .setTimeStamp(Ticks.now())
            .setState(VNodeState.Leader)
            .setIsAlive(true)
            .setHttpEndPoint(EndPoint.newBuilder().setAddress(host).setPort(port.getAsInt()))
            .build();
    out.onNext(ClusterInfo.newBuilder().addMembers(member).build());
    out.onCompleted();
  }
}
