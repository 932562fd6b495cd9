/// The command `./kiroku`: what a person types, and what is printed for it. The work itself is done
/// by the platform library beside it.
@NullMarked
package io.kiroku.launcher;

import org.jspecify.annotations.NullMarked;
