package io.kiroku.careless.egg;

import io.kiroku.careless.hen.Hen;

/// Knows the one that knows it.
public record Egg(Hen mother) {}
