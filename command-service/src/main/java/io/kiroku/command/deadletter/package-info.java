/// Commands that no participant could handle, as operators see them, and their way back: its saga
/// is asked first, records it, and only then the message leaves.
@NullMarked
package io.kiroku.command.deadletter;

import org.jspecify.annotations.NullMarked;
