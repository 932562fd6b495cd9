package io.kiroku.projection.engine;

/// Puts `next` into the slot if, and only if, it still holds revision `expected`.
public record GuardedWrite(Slot slot, long expected, Held next) {}
