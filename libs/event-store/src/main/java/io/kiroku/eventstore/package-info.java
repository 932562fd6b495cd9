/// Ports of the event store, the command handler that joins rules and I/O, and the codec of events.
/// Knows no product: adapters implement the ports and pass the same contract of tests.
@NullMarked
package io.kiroku.eventstore;

import org.jspecify.annotations.NullMarked;
