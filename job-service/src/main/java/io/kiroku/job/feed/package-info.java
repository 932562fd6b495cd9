/// Fulfillments become progress of jobs: `kiroku.fulfillment.events` from Kafka into Redis. Offsets
/// are committed only once Redis has the effect.
@NullMarked
package io.kiroku.job.feed;

import org.jspecify.annotations.NullMarked;
