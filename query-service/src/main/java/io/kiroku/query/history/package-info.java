/// What read models said at another time, and which event made them say something else: folded from
/// the log when somebody asks.
@NullMarked
package io.kiroku.query.history;

import org.jspecify.annotations.NullMarked;
