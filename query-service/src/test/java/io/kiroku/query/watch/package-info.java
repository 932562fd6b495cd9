@NullMarked
package io.kiroku.query.watch;

import org.jspecify.annotations.NullMarked;
