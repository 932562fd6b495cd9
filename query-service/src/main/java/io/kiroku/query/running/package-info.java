/// Starts the projections, watches them, and lets a query wait for what its client has just
/// written. Also where the service gets its event store and its database from.
@NullMarked
package io.kiroku.query.running;

import org.jspecify.annotations.NullMarked;
