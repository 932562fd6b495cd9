/// Products as customers see them: one document per product. Prices here are for showing; an order
/// takes them from the stream.
@NullMarked
package io.kiroku.query.product;

import org.jspecify.annotations.NullMarked;
