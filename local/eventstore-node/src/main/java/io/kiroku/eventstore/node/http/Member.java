package io.kiroku.eventstore.node.http;

import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// The node as others see it: the leader of a cluster of one.
///
/// @param instance differs at every start
/// @param port known once the node listens
/// @param ready whether appends are accepted just now
/// @param end the position that the next record of the log gets
public record Member(
    UUID instance, String host, IntSupplier port, BooleanSupplier ready, LongSupplier end) {}
