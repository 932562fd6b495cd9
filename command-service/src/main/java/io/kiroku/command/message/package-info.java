/// Sends messages to Kafka past the outbox: those that no event of the log asks for.
@NullMarked
package io.kiroku.command.message;

import org.jspecify.annotations.NullMarked;
