/// How much of a product there is, and for whom it is kept. A pure decider; the stream is
/// `stock-<productId>`.
@NullMarked
package io.kiroku.inventory;

import org.jspecify.annotations.NullMarked;
