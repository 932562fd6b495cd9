/// Settings of the Kafka clients of this service.
@NullMarked
package io.kiroku.job.kafka;

import org.jspecify.annotations.NullMarked;
