/// The tree of categories as a plain function of its events.
@NullMarked
package io.kiroku.query.category;

import org.jspecify.annotations.NullMarked;
