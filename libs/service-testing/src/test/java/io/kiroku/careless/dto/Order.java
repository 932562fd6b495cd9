package io.kiroku.careless.dto;

/// Lives in a layer.
public record Order() {}
