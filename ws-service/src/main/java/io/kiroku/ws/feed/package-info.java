/// All job events from Kafka, for the sockets of this instance. Every instance reads every
/// partition.
@NullMarked
package io.kiroku.ws.feed;

import org.jspecify.annotations.NullMarked;
