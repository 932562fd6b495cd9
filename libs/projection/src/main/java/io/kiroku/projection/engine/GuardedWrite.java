package io.kiroku.projection.engine;

/// Puts `next` into the slot if, and only if, it still holds `expected`: the same revision, mended
/// as often.
public record GuardedWrite(Slot slot, Held expected, Held next) {}
