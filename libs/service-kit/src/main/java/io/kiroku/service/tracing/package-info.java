/// Traces across the places where no framework carries them: the log, the outbox, Kafka. A trace
/// travels as a W3C `traceparent`.
@NullMarked
package io.kiroku.service.tracing;

import org.jspecify.annotations.NullMarked;
