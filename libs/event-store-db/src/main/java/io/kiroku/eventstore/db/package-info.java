/// The event store's ports on EventStoreDB's gRPC client: streams, the log, persistent
/// subscriptions, over one connection that outlives every outage of the store.
@NullMarked
package io.kiroku.eventstore.db;

import org.jspecify.annotations.NullMarked;
