/// Takes and gives back money for sagas, through a port to the payment provider. Intention and
/// answer are events, so that a crash between them loses nothing.
@NullMarked
package io.kiroku.command.payment;

import org.jspecify.annotations.NullMarked;
