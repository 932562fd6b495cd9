/// The money of an order: captured, declined, refunded or voided. A pure decider; the stream is
/// `payment-<orderId>`.
@NullMarked
package io.kiroku.payment;

import org.jspecify.annotations.NullMarked;
