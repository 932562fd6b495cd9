/// The outbox: what the jobs' script appended in Redis goes to Kafka, in order and at least once.
/// An entry is deleted only after Kafka has it; one instance at a time does this.
@NullMarked
package io.kiroku.job.relay;

import org.jspecify.annotations.NullMarked;
