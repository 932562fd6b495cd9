/// The service as a whole, against a node that speaks EventStoreDB's protocol and a MongoDB
/// stand-in, and its projections as plain functions.
@NullMarked
package io.kiroku.query;

import org.jspecify.annotations.NullMarked;
