/// Arranges and cancels shipments for sagas, through a port to the carrier. The address comes from
/// the order's stream.
@NullMarked
package io.kiroku.command.shipping;

import org.jspecify.annotations.NullMarked;
