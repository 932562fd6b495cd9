/// Persistent subscriptions: groups of consumers, their checkpoints and parked messages. Their
/// whole state is in system streams of the log, so that a restart continues.
@NullMarked
package io.kiroku.eventstore.node.groups;

import org.jspecify.annotations.NullMarked;
