package io.kiroku.service.security;

import static io.grpc.Metadata.ASCII_STRING_MARSHALLER;

import io.grpc.Metadata;

/// Names of the gRPC metadata that are part of the published contract.
public final class CallMetadata {
  public static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", ASCII_STRING_MARSHALLER);
  public static final Metadata.Key<String> IDEMPOTENCY_KEY =
      Metadata.Key.of("idempotency-key", ASCII_STRING_MARSHALLER);
  public static final Metadata.Key<String> CONSISTENCY_TOKEN =
      Metadata.Key.of("consistency-token", ASCII_STRING_MARSHALLER);

  /// Characters of an idempotency key.
  public static final int IDEMPOTENCY_KEY_LENGTH_MAX = 200;

  private CallMetadata() {}
}
