/// Following one job: a snapshot, then its events in order, each once. Live news come from Kafka,
/// gaps are filled from job-service.
@NullMarked
package io.kiroku.ws.following;

import org.jspecify.annotations.NullMarked;
