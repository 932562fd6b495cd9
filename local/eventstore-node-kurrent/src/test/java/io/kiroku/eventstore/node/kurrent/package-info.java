/// What KurrentDB's client expects of the node, in the node's own JVM: each test class runs on
/// every storage, against one node for all tests of the run.
@NullMarked
package io.kiroku.eventstore.node.kurrent;

import org.jspecify.annotations.NullMarked;
