package io.kiroku.eventstore.node.http;

import io.kiroku.eventstore.node.grpc.ServerFeaturesService;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/// What `/gossip` tells, in the field names of EventStoreDB's JSON: the node itself. Without TCP
/// and elections those fields have the values of a server that has neither.
record Gossip(List<MemberInfo> members, String serverIp, int serverPort) {

  static Gossip of(Member member) {
    String host = member.host();
    int port = member.port().getAsInt();
    long end = member.end().getAsLong();
    MemberInfo info =
        new MemberInfo(
            member.instance(),
            Clock.systemUTC().instant().toString(),
            "Leader",
            true,
            host,
            0,
            0,
            host,
            0,
            0,
            host,
            port,
            host,
            port,
            end - 1,
            end,
            end,
            0,
            0,
            member.instance(),
            0,
            false,
            ServerFeaturesService.VERSION);
    return new Gossip(List.of(info), host, port);
  }

  /// @param timeStamp ISO 8601
  /// @param lastCommitPosition of the last event
  /// @param writerCheckpoint end of the log
  record MemberInfo(
      UUID instanceId,
      String timeStamp,
      String state,
      boolean isAlive,
      String internalTcpIp,
      int internalTcpPort,
      int internalSecureTcpPort,
      String externalTcpIp,
      int externalTcpPort,
      int externalSecureTcpPort,
      String internalHttpEndPointIp,
      int internalHttpEndPointPort,
      String httpEndPointIp,
      int httpEndPointPort,
      long lastCommitPosition,
      long writerCheckpoint,
      long chaserCheckpoint,
      long epochPosition,
      int epochNumber,
      UUID epochId,
      int nodePriority,
      boolean isReadOnlyReplica,
      String esVersion) {}
}
