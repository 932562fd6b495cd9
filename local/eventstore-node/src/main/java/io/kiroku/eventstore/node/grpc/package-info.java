/// EventStoreDB's gRPC services, translated to the log and to persistent subscriptions. The wire
/// contract is that of the official clients; see README.md for what is not served.
@NullMarked
package io.kiroku.eventstore.node.grpc;

import org.jspecify.annotations.NullMarked;
