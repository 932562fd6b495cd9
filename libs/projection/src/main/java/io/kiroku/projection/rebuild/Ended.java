package io.kiroku.projection.rebuild;

import java.time.Instant;

/// How the last rebuild ended.
///
/// @param switched whether the build went live; it was cancelled otherwise
/// @param actor who decided it; empty if it went live by itself
public record Ended(Rebuild rebuild, boolean switched, String actor, Instant at) {}
