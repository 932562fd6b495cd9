/// Orders, and what surrounds them, as plain functions of their events.
@NullMarked
package io.kiroku.query.order;

import org.jspecify.annotations.NullMarked;
