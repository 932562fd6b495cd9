/// What is sold: the tree of categories, the products in it, and the shelves that keep the two
/// together. Pure deciders; the streams are `categories-<tenant>`, `product-<id>` and
/// `shelf-<categoryId>`.
@NullMarked
package io.kiroku.catalog;

import org.jspecify.annotations.NullMarked;
