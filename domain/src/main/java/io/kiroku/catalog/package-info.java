/// What is sold: the tree of categories and the products in it. Pure deciders; the streams are
/// `categories-<tenant>` and `product-<id>`.
@NullMarked
package io.kiroku.catalog;

import org.jspecify.annotations.NullMarked;
