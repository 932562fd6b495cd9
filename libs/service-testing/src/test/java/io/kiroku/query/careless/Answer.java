package io.kiroku.query.careless;

/// Belongs to a service.
public record Answer() {}
