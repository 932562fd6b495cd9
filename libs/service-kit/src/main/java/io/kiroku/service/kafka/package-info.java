/// Kafka values in the Confluent wire format, and the headers every message carries. Schema ids are
/// resolved once and kept; a registry that is down later stops nobody.
@NullMarked
package io.kiroku.service.kafka;

import org.jspecify.annotations.NullMarked;
