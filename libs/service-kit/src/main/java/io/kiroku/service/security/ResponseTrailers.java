package io.kiroku.service.security;

import io.grpc.Context;
import io.grpc.Metadata;

/// Trailers that a gRPC method adds to its answer.
public final class ResponseTrailers {
  static final Context.Key<ResponseTrailers> KEY = Context.key("kiroku-response-trailers");

  private final Metadata metadata = new Metadata();

  ResponseTrailers() {}

  /// The running call's; to be read first thing in a gRPC method, like [RequestContext#current()].
  /// Outside a call what is added goes nowhere.
  public static ResponseTrailers current() {
    ResponseTrailers running = KEY.get();
    return running == null ? new ResponseTrailers() : running;
  }

  /// To be called at most once, before the answer is given.
  public void consistencyToken(String token) {
    synchronized (metadata) {
      metadata.put(CallMetadata.CONSISTENCY_TOKEN, token);
    }
  }

  void mergeInto(Metadata trailers) {
    synchronized (metadata) {
      trailers.merge(metadata);
    }
  }
}
