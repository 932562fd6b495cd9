/// An EventStoreDB-compatible node: the program and the embeddable server. Everything below it
/// speaks positions and revisions; only `grpc` knows the wire.
@NullMarked
package io.kiroku.eventstore.node;

import org.jspecify.annotations.NullMarked;
