package io.kiroku.launcher.platform;

import java.time.Duration;

/// Hears how a start or a stop goes on; called from several threads, one call at a time.
public interface Progress {
  /// Says nothing.
  Progress SILENT =
      new Progress() {
        @Override
        public void ready(String part, Duration took, boolean alreadyRan) {}

        @Override
        public void catchingUp(String part, String how) {}

        @Override
        public void stopped(String part) {}
      };

  /// A part serves; `alreadyRan` when nothing had to be started.
  void ready(String part, Duration took, boolean alreadyRan);

  /// A part runs but does not serve yet, since its read models are being built; told again whenever
  /// they have come further.
  ///
  /// @param how which, and how far they are; empty when all have caught up
  void catchingUp(String part, String how);

  /// A part has ended.
  void stopped(String part);
}
