/// Operators' repair of what is on its way to Kafka, over gRPC.
@NullMarked
package io.kiroku.command.outboxadmin;

import org.jspecify.annotations.NullMarked;
