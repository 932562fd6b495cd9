/// Tests of what all contexts have in common when they refuse.
@NullMarked
package io.kiroku.refusals;

import org.jspecify.annotations.NullMarked;
