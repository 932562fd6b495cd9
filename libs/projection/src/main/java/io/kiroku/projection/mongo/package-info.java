/// Read models, watermarks and parked streams in MongoDB, within what a replica set and the local
/// stand-in both do: single-document updates guarded by revision, and no transactions.
@NullMarked
package io.kiroku.projection.mongo;

import org.jspecify.annotations.NullMarked;
