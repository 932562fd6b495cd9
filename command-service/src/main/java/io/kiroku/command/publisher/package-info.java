/// Carries the log into PostgreSQL: messages for Kafka, rows of orders and sagas, timers, and the
/// checkpoint, each batch in one transaction.
@NullMarked
package io.kiroku.command.publisher;

import org.jspecify.annotations.NullMarked;
