package io.kiroku.job.store;

/// A change that Redis will never take, however often it is tried.
///
/// @param index of the change among those that were given
public record RefusedChange(int index, Throwable reason) {}
