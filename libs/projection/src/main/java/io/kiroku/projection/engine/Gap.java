package io.kiroku.projection.engine;

import io.kiroku.eventstore.StreamId;

/// Events that were fetched from their stream because a later one came first.
///
/// @param from revision of the first
/// @param through revision of the last
public record Gap(StreamId stream, long from, long through) {}
