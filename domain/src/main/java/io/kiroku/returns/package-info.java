/// The process that takes a delivered order back: the goods, then their stock, then the money. Like
/// the fulfillment it knows all contexts; the stream is `return-<orderId>`.
@NullMarked
package io.kiroku.returns;

import org.jspecify.annotations.NullMarked;
