/// Sagas as operators see them over gRPC, and what operators do with them. Lists come from the
/// index that the publisher writes, some milliseconds behind the log; histories from the log
/// itself.
@NullMarked
package io.kiroku.command.sagaadmin;

import org.jspecify.annotations.NullMarked;
