/// What the simulations of all processes share.
@NullMarked
package io.kiroku.simulation;

import org.jspecify.annotations.NullMarked;
