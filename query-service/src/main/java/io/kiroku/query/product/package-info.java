/// Products as customers see them: one document per product, one guarded part for its own stream
/// and one for that of its stock. Prices and pieces here are for showing; an order takes them from
/// the streams.
@NullMarked
package io.kiroku.query.product;

import org.jspecify.annotations.NullMarked;
