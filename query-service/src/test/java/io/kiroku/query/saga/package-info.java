@NullMarked
package io.kiroku.query.saga;

import org.jspecify.annotations.NullMarked;
