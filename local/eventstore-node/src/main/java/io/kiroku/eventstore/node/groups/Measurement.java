package io.kiroku.eventstore.node.groups;

/// How long a consumer takes for a message, with the name that EventStoreDB gives the figure.
public record Measurement(String name, long millis) {}
