/// How far behind the log the consumers are, and when new orders have to wait. Measured from
/// outside, the same on every instance.
@NullMarked
package io.kiroku.command.backlog;

import org.jspecify.annotations.NullMarked;
