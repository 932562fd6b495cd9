/// How a read model is declared: which streams it follows and, purely, what each event changes. The
/// engine beside it knows about order, retries and where a projection stands; nothing else does.
@NullMarked
package io.kiroku.projection;

import org.jspecify.annotations.NullMarked;
