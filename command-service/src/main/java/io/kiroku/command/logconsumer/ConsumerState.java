package io.kiroku.command.logconsumer;

/// What a consumer is doing in this instance.
public sealed interface ConsumerState {
  /// Another instance leads, or nobody yet.
  record Standby() implements ConsumerState {}

  record Leading(Lease lease) implements ConsumerState {}

  /// Something it needs is away, or it met something it cannot handle; it tries again by itself.
  record Failing(String reason) implements ConsumerState {}

  /// Somebody has to look; it does not try again.
  record Stopped(String reason) implements ConsumerState {}
}
