/// The order-fulfillment as a kind of saga: its rules' numbers, what it hears, and the messages
/// that it sends.
@NullMarked
package io.kiroku.command.fulfillment;

import org.jspecify.annotations.NullMarked;
