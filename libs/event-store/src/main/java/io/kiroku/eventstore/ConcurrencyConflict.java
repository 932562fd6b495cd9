package io.kiroku.eventstore;

/// Somebody else wrote to the stream first.
public final class ConcurrencyConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient StreamId stream;
  private final long expectedRevision;

  public ConcurrencyConflict(StreamId stream, long expectedRevision) {
    super(stream + " is not at revision " + expectedRevision);
    this.stream = stream;
    this.expectedRevision = expectedRevision;
  }

  public StreamId stream() {
    return stream;
  }

  public long expectedRevision() {
    return expectedRevision;
  }
}
