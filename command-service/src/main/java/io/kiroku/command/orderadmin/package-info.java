/// Orders as operators see them, over gRPC, from the write model that the publisher keeps. Answers
/// may be some milliseconds behind the log; the read side has no part in them.
@NullMarked
package io.kiroku.command.orderadmin;

import org.jspecify.annotations.NullMarked;
