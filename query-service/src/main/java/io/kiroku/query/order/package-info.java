/// Orders with their fulfillment, payment and shipment: one document per order, one guarded part
/// for each of the four streams, so that none waits for another.
@NullMarked
package io.kiroku.query.order;

import org.jspecify.annotations.NullMarked;
