package io.kiroku.chaos.load;

import io.kiroku.client.PlacedOrder;

/// An order that the platform has promised to fulfil or to cancel.
public record Accepted(String user, Wish wish, PlacedOrder order) {}
