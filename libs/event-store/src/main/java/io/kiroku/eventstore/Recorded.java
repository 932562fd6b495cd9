package io.kiroku.eventstore;

/// An event and where it is recorded.
public record Recorded<E>(RecordedEvent envelope, E event) {}
