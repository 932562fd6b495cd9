/// Read models and queries: how fast they are built, how soon they show what happened, how fast
/// they answer.
@NullMarked
package io.kiroku.bench.readside;

import org.jspecify.annotations.NullMarked;
