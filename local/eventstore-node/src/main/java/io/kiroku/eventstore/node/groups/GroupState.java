package io.kiroku.eventstore.node.groups;

/// What operators are shown of a group.
///
/// @param status EventStoreDB's words for what it is doing
/// @param start where it began, as clients read it
/// @param unread events that wait in the live buffer
public record GroupState(
    String status, String start, long unread, long parked, DeliveryState delivery) {}
