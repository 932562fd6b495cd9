/// What a customer ordered, from where to where, and what became of it. A pure decider; the stream
/// is `order-<id>`.
@NullMarked
package io.kiroku.ordering;

import org.jspecify.annotations.NullMarked;
