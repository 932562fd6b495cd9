/// Stock as a plain function of its events.
@NullMarked
package io.kiroku.query.stock;

import org.jspecify.annotations.NullMarked;
