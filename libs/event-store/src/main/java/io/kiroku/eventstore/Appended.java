package io.kiroku.eventstore;

/// Where the last event of an append is.
public record Appended(long revision, long position) {}
