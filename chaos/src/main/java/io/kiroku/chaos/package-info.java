/// `./kiroku chaos`: orders, faults at random, and an audit of what is left.
@NullMarked
package io.kiroku.chaos;

import org.jspecify.annotations.NullMarked;
