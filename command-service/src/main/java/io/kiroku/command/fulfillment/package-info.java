/// Runs the order-fulfillment sagas: hears the log, decides, appends to the sagas' own streams,
/// fires their timers, and sets aside those that cannot be decided.
@NullMarked
package io.kiroku.command.fulfillment;

import org.jspecify.annotations.NullMarked;
