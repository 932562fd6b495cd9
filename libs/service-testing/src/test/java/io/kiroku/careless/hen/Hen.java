package io.kiroku.careless.hen;

import io.kiroku.careless.egg.Egg;

/// Knows the one that knows it.
public record Hen(Egg origin) {}
