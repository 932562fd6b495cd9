/// Reads what sagas and programs ask for from Kafka and handles it as ordinary commands. What
/// cannot be handled goes to a dead-letter topic; what is away is waited for.
@NullMarked
package io.kiroku.command.participant;

import org.jspecify.annotations.NullMarked;
