package io.kiroku.projection.rebuild;

import java.time.Instant;

/// A build whose remains are cleared away, again and again until nobody can still write into it.
public record Dropped(int number, Instant until) {}
