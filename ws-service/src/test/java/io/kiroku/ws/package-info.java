/// The service against a real Redis and a real Kafka.
@NullMarked
package io.kiroku.ws;

import org.jspecify.annotations.NullMarked;
