package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.groups.GroupConsumer.ConsumerState;
import java.util.List;

/// What operators are shown of a group. Places are texts as clients read them, empty if none.
public record GroupState(
    String status,
    String start,
    String lastCheckpoint,
    String lastKnown,
    long total,
    int buffered,
    int retrying,
    int inFlight,
    long parked,
    List<ConsumerState> consumers) {}
