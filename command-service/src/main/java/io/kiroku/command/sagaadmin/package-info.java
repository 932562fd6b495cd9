/// Sagas as operators see them, over gRPC, from the index that the publisher writes. Answers may be
/// some milliseconds behind the log.
@NullMarked
package io.kiroku.command.sagaadmin;

import org.jspecify.annotations.NullMarked;
