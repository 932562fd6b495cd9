package io.kiroku.service.error;

/// What is wrong with one field.
///
/// @param path where it stands in the request: `items[0].quantity`
/// @param message continues a sentence that starts with the path: `must be at least 1`
public record Violation(String path, String message) {}
