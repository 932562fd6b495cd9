/// Lets reservations of stock expire when their time is over. Fired by the saga runner's leader,
/// decided on the stock's stream.
@NullMarked
package io.kiroku.command.reservation;

import org.jspecify.annotations.NullMarked;
