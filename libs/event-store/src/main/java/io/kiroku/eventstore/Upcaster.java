package io.kiroku.eventstore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.UnaryOperator;

/// Reads an old version of an event as the next one. Pure; may change the node it is given.
///
/// @param from the stored name of the old version
/// @param to the name of the version that `change` makes of it
public record Upcaster(String from, String to, UnaryOperator<ObjectNode> change) {}
