package io.kiroku.eventstore.node.grpc;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import java.io.InputStream;

/// Hands messages to interceptors as they come from the network, and only behind these to their
/// parsers. Left to itself grpc-java parses first, and a client never hears why its request is
/// none.
public final class RawMessages implements Marshaller<InputStream> {
  private RawMessages() {}

  public static ServerServiceDefinition of(BindableService service) {
    return ServerInterceptors.useMarshalledMessages(service.bindService(), new RawMessages());
  }

  @Override
  public InputStream stream(InputStream message) {
    return message;
  }

  @Override
  public InputStream parse(InputStream message) {
    return message;
  }
}
