/// An EventStoreDB-compatible node for tests: annotate a class with
/// [io.kiroku.eventstore.node.junit.EventStoreNode], and it has one.
@NullMarked
package io.kiroku.eventstore.node.junit;

import org.jspecify.annotations.NullMarked;
