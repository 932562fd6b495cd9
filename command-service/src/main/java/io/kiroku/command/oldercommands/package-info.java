/// The index of commands that long streams' memories hold no longer: derived from the streams, and
/// filled from them as far as it is asked for.
@NullMarked
package io.kiroku.command.oldercommands;

import org.jspecify.annotations.NullMarked;
