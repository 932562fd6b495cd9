package io.kiroku.eventstore.node.http;

import io.grpc.ServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.shaded.io.grpc.netty.InternalNettyServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiator;
import io.grpc.netty.shaded.io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandler;
import io.grpc.netty.shaded.io.netty.util.AsciiString;
import io.kiroku.eventstore.node.statistics.Statistics;

/// Lets gRPC's server answer HTTP/1.1 on its own port, as EventStoreDB does. gRPC asks a negotiator
/// what to do first on a new connection, for TLS usually; this one looks at [FirstBytes] and is
/// then out of the way.
public final class SharedPort implements InternalProtocolNegotiator.ProtocolNegotiator {
  private final InternalProtocolNegotiator.ProtocolNegotiator grpc =
      InternalProtocolNegotiators.serverPlaintext();
  private final HttpRequests requests;

  private SharedPort(HttpRequests requests) {
    this.requests = requests;
  }

  /// What gRPC's server is to be built with.
  public static ServerCredentials credentials(Member member, Statistics statistics) {
    HttpRequests requests = new HttpRequests(new Pages(member, statistics));
    return InternalNettyServerCredentials.create(new SharedPort(requests));
  }

  @Override
  public AsciiString scheme() {
    return grpc.scheme();
  }

  @Override
  public ChannelHandler newHandler(GrpcHttp2ConnectionHandler connection) {
    return new FirstBytes(grpc.newHandler(connection), requests);
  }

  @Override
  public void close() {
    grpc.close();
  }
}
