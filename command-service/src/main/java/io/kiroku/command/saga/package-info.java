/// Runs sagas of every kind: hears the log, decides, appends to the sagas' own streams, fires their
/// timers, sets aside those that cannot be decided, and lets operators act on them.
@NullMarked
package io.kiroku.command.saga;

import org.jspecify.annotations.NullMarked;
