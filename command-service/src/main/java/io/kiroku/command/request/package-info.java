/// Commands of any program that come over Kafka instead of gRPC: who sent them, what the context's
/// service says, and the answer, which is kept before it is sent.
@NullMarked
package io.kiroku.command.request;

import org.jspecify.annotations.NullMarked;
