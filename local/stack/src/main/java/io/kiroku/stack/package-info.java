/// The parts of the local edition that are Java libraries anyway: a real Kafka broker, Kafka
/// Connect with Debezium, the MongoDB stand-in and the provider simulator share one JVM, because
/// four would not fit a laptop.
@NullMarked
package io.kiroku.stack;

import org.jspecify.annotations.NullMarked;
