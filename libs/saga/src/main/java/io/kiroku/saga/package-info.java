/// Process managers as data: a saga is a plan of steps with compensations, decided purely and
/// recorded as events in a stream of its own.
@NullMarked
package io.kiroku.saga;

import org.jspecify.annotations.NullMarked;
