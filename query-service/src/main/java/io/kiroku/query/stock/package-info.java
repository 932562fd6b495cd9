/// How many pieces of a product there are: one document per product. Sums only; who reserved what
/// is known to the stream.
@NullMarked
package io.kiroku.query.stock;

import org.jspecify.annotations.NullMarked;
