/// Sales as a plain function of their events, and as the database sums them.
@NullMarked
package io.kiroku.query.sales;

import org.jspecify.annotations.NullMarked;
