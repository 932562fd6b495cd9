package io.kiroku.projection.engine;

import io.kiroku.eventstore.EventFeeds;
import io.kiroku.eventstore.EventLog;
import io.kiroku.eventstore.EventStore;

/// The three ways to the same events: by stream, in the log's order, and shared out between
/// replicas.
public record EventSources(EventStore store, EventLog log, EventFeeds feeds) {}
