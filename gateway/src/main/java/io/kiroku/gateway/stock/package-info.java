/// The stock of a product. Anybody reads it, writers receive pieces.
@NullMarked
package io.kiroku.gateway.stock;

import org.jspecify.annotations.NullMarked;
