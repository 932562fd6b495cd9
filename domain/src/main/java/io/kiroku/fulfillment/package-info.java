/// The process that carries an order through inventory, payment and shipping. The only package that
/// knows all contexts; the stream is `fulfillment-<orderId>`.
@NullMarked
package io.kiroku.fulfillment;

import org.jspecify.annotations.NullMarked;
