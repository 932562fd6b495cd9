package io.kiroku.job.store;

/// What became of a change.
public enum Outcome {
  APPLIED,
  /// It was no news.
  UNCHANGED,
  /// The job is another user's.
  FOREIGN,
  ABSENT
}
