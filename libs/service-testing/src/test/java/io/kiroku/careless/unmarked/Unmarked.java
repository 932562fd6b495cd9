package io.kiroku.careless.unmarked;

/// May be null, for all that NullAway knows.
public record Unmarked(String name) {}
