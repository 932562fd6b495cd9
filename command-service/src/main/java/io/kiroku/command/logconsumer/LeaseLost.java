package io.kiroku.command.logconsumer;

/// Somebody else took the consumer over, or moved its checkpoint: everything of this transaction
/// has to be rolled back.
public final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1;

  LeaseLost(Lease lease) {
    super("%s is no longer ours in epoch %d".formatted(lease.consumer(), lease.epoch()));
  }
}
