/// Wires the event store's adapter. Nothing else here knows which store it is.
@NullMarked
package io.kiroku.command.store;

import org.jspecify.annotations.NullMarked;
