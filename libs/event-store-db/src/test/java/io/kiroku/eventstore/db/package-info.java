/// The adapter keeps the contract, against a node that speaks EventStoreDB's protocol; and what
/// happens while that node is away.
@NullMarked
package io.kiroku.eventstore.db;

import org.jspecify.annotations.NullMarked;
