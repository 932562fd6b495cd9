/// The log itself, as admins see it: events one by one, in pages, and as what followed from what.
@NullMarked
package io.kiroku.query.events;

import org.jspecify.annotations.NullMarked;
