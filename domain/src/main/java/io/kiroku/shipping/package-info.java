/// The parcel of an order: arranged, refused or cancelled, dispatched and delivered. A pure
/// decider; the stream is `shipment-<orderId>`.
@NullMarked
package io.kiroku.shipping;

import org.jspecify.annotations.NullMarked;
