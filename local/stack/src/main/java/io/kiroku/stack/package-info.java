/// The parts of the local edition that are Java libraries anyway: a real Kafka broker, Kafka
/// Connect with Debezium, and the MongoDB stand-in share one JVM, because three would not fit a
/// laptop.
@NullMarked
package io.kiroku.stack;

import org.jspecify.annotations.NullMarked;
