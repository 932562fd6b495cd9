/// Messages on their way from the log to Kafka: rows that Debezium reads from the WAL, and their
/// removal once it has.
@NullMarked
package io.kiroku.command.outbox;

import org.jspecify.annotations.NullMarked;
