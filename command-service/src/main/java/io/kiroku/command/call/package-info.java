/// What every command over gRPC has in common: who asks, under which id, and how the outcome is
/// answered.
@NullMarked
package io.kiroku.command.call;

import org.jspecify.annotations.NullMarked;
