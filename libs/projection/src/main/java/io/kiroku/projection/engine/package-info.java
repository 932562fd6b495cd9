/// Runs projections: at-least-once, unordered deliveries in; each event's effect once, in order,
/// out. One failing stream is parked and the others go on; a dependency that is down is waited for.
@NullMarked
package io.kiroku.projection.engine;

import org.jspecify.annotations.NullMarked;
