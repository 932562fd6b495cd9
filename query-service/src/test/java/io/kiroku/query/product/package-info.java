/// Products as a plain function of their events.
@NullMarked
package io.kiroku.query.product;

import org.jspecify.annotations.NullMarked;
