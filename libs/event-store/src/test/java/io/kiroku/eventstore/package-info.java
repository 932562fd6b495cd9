/// The contract that every event store fulfils, the store in memory, and tests of what stands on
/// the ports. Published as a test jar.
@NullMarked
package io.kiroku.eventstore;

import org.jspecify.annotations.NullMarked;
