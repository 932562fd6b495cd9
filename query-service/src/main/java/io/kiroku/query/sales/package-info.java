/// What was sold and what of it was taken back, day by day: one document per order, summed when
/// somebody asks.
@NullMarked
package io.kiroku.query.sales;

import org.jspecify.annotations.NullMarked;
