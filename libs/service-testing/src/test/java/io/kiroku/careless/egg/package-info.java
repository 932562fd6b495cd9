/// Breaks a rule on purpose.
@NullMarked
package io.kiroku.careless.egg;

import org.jspecify.annotations.NullMarked;
