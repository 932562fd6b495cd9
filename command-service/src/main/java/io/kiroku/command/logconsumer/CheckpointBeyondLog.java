package io.kiroku.command.logconsumer;

/// The checkpoint points past the end of the log: the event store was restored from a backup, or it
/// is another one. Going on would skip whatever takes the missing positions.
final class CheckpointBeyondLog extends RuntimeException {
  private static final long serialVersionUID = 1;

  CheckpointBeyondLog(Lease lease, long head) {
    super(
        "checkpoint %d of %s lies beyond the log's end %d: was the event store restored?"
            .formatted(lease.checkpoint(), lease.consumer(), head));
  }
}
