/// What calls over gRPC have in common: who asks, under which id, which fields are wrong, where a
/// page ended, and how a command's outcome is answered.
@NullMarked
package io.kiroku.command.call;

import org.jspecify.annotations.NullMarked;
