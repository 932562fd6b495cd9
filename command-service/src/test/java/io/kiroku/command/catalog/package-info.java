/// Deleting categories while products get into them, by every order of the steps there is.
@NullMarked
package io.kiroku.command.catalog;

import org.jspecify.annotations.NullMarked;
