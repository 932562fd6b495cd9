/// The engine against the store in memory and a real MongoDB stand-in: what the traps of
/// projections cost others does not happen here.
@NullMarked
package io.kiroku.projection;

import org.jspecify.annotations.NullMarked;
