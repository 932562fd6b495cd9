package io.kiroku.eventstore.node.groups;

/// How many messages were delivered.
///
/// @param sinceBefore since somebody asked the last time
/// @param perSecond in the same time
public record Throughput(long total, long sinceBefore, int perSecond) {}
