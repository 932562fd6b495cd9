package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.groups.GroupConsumer.ConsumerState;
import java.util.List;

/// What operators are shown of a group's messages. Places are texts as clients read them, empty if
/// there is none.
///
/// @param lastKnown the last event that was read
/// @param outstanding with consumers or being parked
public record DeliveryState(
    String lastCheckpoint,
    String lastKnown,
    Throughput delivered,
    int buffered,
    int retrying,
    int inFlight,
    int outstanding,
    List<ConsumerState> consumers) {}
