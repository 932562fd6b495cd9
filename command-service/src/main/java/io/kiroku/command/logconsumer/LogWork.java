package io.kiroku.command.logconsumer;

import io.kiroku.eventstore.EventLog.LogBatch;
import java.util.Set;

/// What a consumer does with the log. Called by one thread, which may be blocked.
public interface LogWork {
  /// Name of the consumer's row in `log_consumer`.
  String consumer();

  /// Prefixes of the streams it reads, such as `order-`.
  Set<String> streamPrefixes();

  /// This instance leads from now on: whatever was remembered from an earlier time is void.
  void begin(Lease lease);

  /// Does the work of a batch and moves the checkpoint; gives the lease as it is afterwards. Throws
  /// [LeaseLost] when nothing of it was done because somebody else leads.
  Lease handle(LogBatch batch, Lease lease);

  /// Called between batches, at least every [LogConsumerConfig#tick()].
  default Lease tick(Lease lease) {
    return lease;
  }
}
