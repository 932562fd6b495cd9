/// Consumers of the log that only one instance may run: a fenced lease in PostgreSQL, a checkpoint
/// that moves with the work, and the loop that keeps both.
@NullMarked
package io.kiroku.command.logconsumer;

import org.jspecify.annotations.NullMarked;
