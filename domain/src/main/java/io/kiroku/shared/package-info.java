/// Values that every context speaks of: money, and the ids of what others refer to. No rules live
/// here.
@NullMarked
package io.kiroku.shared;

import org.jspecify.annotations.NullMarked;
