/// The service against a real Redis and a real Kafka.
@NullMarked
package io.kiroku.job;

import org.jspecify.annotations.NullMarked;
