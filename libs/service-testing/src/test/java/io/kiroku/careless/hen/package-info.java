/// Breaks a rule on purpose.
@NullMarked
package io.kiroku.careless.hen;

import org.jspecify.annotations.NullMarked;
