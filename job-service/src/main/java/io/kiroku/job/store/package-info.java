/// Jobs in Redis: one script applies each change, with its event and its outbox entry. Keys of one
/// shard share a hash tag, so that a Redis Cluster keeps them on one node.
@NullMarked
package io.kiroku.job.store;

import org.jspecify.annotations.NullMarked;
