/// Breaks a rule on purpose.
@NullMarked
package io.kiroku.query.careless;

import org.jspecify.annotations.NullMarked;
