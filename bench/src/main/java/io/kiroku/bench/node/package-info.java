/// The EventStoreDB-compatible node alone, in a process of its own, over a PostgreSQL of its own:
/// nothing of the platform runs. Clients are bare gRPC stubs, which cost less than the official
/// ones, so that the node is what is measured.
@NullMarked
package io.kiroku.bench.node;

import org.jspecify.annotations.NullMarked;
