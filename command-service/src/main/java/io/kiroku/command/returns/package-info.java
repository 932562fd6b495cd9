/// The return of an order as a kind of saga: its rules' numbers, what it hears, and the messages
/// that it sends.
@NullMarked
package io.kiroku.command.returns;

import org.jspecify.annotations.NullMarked;
