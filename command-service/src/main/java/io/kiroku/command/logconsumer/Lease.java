package io.kiroku.command.logconsumer;

/// The right to run a consumer, as long as its epoch and checkpoint are those in the database.
///
/// @param epoch grows with every change of owner
/// @param checkpoint log position up to which everything is done; -1 at the beginning
public record Lease(String consumer, long epoch, long checkpoint) {
  public Lease at(long newCheckpoint) {
    return new Lease(consumer, epoch, newCheckpoint);
  }
}
