package io.kiroku.command.logconsumer;

/// What only a leader does, by the clock. Called by the leader's thread between batches.
public interface TimedWork {
  /// This instance leads from now on: whatever was remembered from an earlier time is void.
  void begin();

  /// To be short: the log waits meanwhile.
  ///
  /// @param position everything up to here has been handled
  void tick(long position);
}
