package io.kiroku.eventstore.node.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.node.groups.DeliveryState;
import io.kiroku.eventstore.node.groups.Group;
import io.kiroku.eventstore.node.groups.GroupConsumer.ConsumerState;
import io.kiroku.eventstore.node.groups.GroupId;
import io.kiroku.eventstore.node.groups.GroupRefused;
import io.kiroku.eventstore.node.groups.GroupSettings;
import io.kiroku.eventstore.node.groups.GroupState;
import io.kiroku.eventstore.node.groups.Message;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp.ReadEvent;
import io.kiroku.eventstore.node.proto.persistent.Persistent.ReadResp.ReadEvent.RecordedEvent;
import io.kiroku.eventstore.node.proto.persistent.Persistent.SubscriptionInfo;
import io.kiroku.eventstore.node.proto.persistent.Persistent.SubscriptionInfo.ConnectionInfo;
import io.kiroku.eventstore.node.proto.persistent.Persistent.SubscriptionInfo.Measurement;

/// What clients hear about groups, and from them.
final class GroupAnswers {
  private GroupAnswers() {}

  static StatusRuntimeException refused(GroupRefused e) {
    String source = e.id().source();
    String group = e.id().group();
    return switch (e.kind()) {
      case MISSING -> error(e, Status.NOT_FOUND, "persistent-subscription-does-not-exist");
      case EXISTS -> error(e, Status.ALREADY_EXISTS, "persistent-subscription-exists");
      case FULL -> error(e, Status.FAILED_PRECONDITION, "maximum-subscribers-reached");
      case FAILED -> Errors.groupFailed(source, group, e.reason());
      case UNAVAILABLE -> Errors.unavailable(e.reason());
    };
  }

  private static StatusRuntimeException error(GroupRefused e, Status status, String kind) {
    return Errors.group(status, kind, e.id().source(), e.id().group(), e.reason());
  }

  static StatusRuntimeException dropped(GroupId id) {
    return Errors.group(
        Status.CANCELLED,
        "persistent-subscription-dropped",
        id.source(),
        id.group(),
        "Subscription group %s on stream %s was dropped.".formatted(id.group(), id.source()));
  }

  static ReadResp message(Message message, boolean structuredIds) {
    ReadEvent.Builder event = ReadEvent.newBuilder().setRetryCount(message.retries());
    LogRecord target = message.target();
    RecordedEvent original = recorded(message.record(), structuredIds);
    if (target != null) {
      event.setEvent(recorded(target, structuredIds)).setLink(original);
    } else if (message.lost()) {
      event.setLink(original); // what it stands for is gone
    } else {
      event.setEvent(original);
    }
    event.setCommitPosition(message.record().position());
    return ReadResp.newBuilder().setEvent(event).build();
  }

  private static RecordedEvent recorded(LogRecord record, boolean structuredIds) {
    return RecordedEvent.newBuilder()
        .setId(Wire.uuid(record.id(), structuredIds))
        .setStreamIdentifier(Wire.stream(record.stream()))
        .setStreamRevision(record.revision())
        .setPreparePosition(record.position())
        .setCommitPosition(record.position())
        .putAllMetadata(Wire.metadata(record))
        .setCustomMetadata(record.event().metadata())
        .setData(record.event().data())
        .build();
  }

  static SubscriptionInfo info(Group group) {
    GroupState state = group.state();
    DeliveryState delivery = state.delivery();
    SubscriptionInfo.Builder info =
        SubscriptionInfo.newBuilder()
            .setEventSource(group.id().source())
            .setGroupName(group.id().group())
            .setStatus(state.status())
            .setStartFrom(state.start())
            .setLiveBufferCount(state.unread())
            .setParkedMessageCount(state.parked())
            .setAveragePerSecond(delivery.delivered().perSecond())
            .setTotalItems(delivery.delivered().total())
            .setCountSinceLastMeasurement(delivery.delivered().sinceBefore())
            .setLastCheckpointedEventPosition(delivery.lastCheckpoint())
            .setLastKnownEventPosition(delivery.lastKnown())
            .setReadBufferCount(delivery.buffered())
            .setRetryBufferCount(delivery.retrying())
            .setTotalInFlightMessages(delivery.inFlight())
            .setOutstandingMessagesCount(delivery.outstanding());
    delivery.consumers().forEach(consumer -> info.addConnections(connection(consumer)));
    return withSettings(info, group.settings()).build();
  }

  private static SubscriptionInfo.Builder withSettings(
      SubscriptionInfo.Builder info, GroupSettings settings) {
    return info.setResolveLinkTos(settings.resolveLinks())
        .setExtraStatistics(settings.extraStatistics())
        .setMessageTimeoutMilliseconds(settings.messageTimeoutMillis())
        .setMaxRetryCount(settings.retriesMax())
        .setLiveBufferSize(settings.liveBufferSize())
        .setBufferSize(settings.historyBufferSize())
        .setReadBatchSize(settings.readBatchSize())
        .setCheckPointAfterMilliseconds(settings.checkpointAfterMillis())
        .setMinCheckPointCount(settings.checkpointCountMin())
        .setMaxCheckPointCount(settings.checkpointCountMax())
        .setNamedConsumerStrategy(settings.strategy())
        .setMaxSubscriberCount(settings.consumersMax());
  }

  /// EventStoreDB says nothing of where a gRPC client is, and of its name only what it says itself.
  private static ConnectionInfo connection(ConsumerState consumer) {
    ConnectionInfo.Builder info =
        ConnectionInfo.newBuilder()
            .setUsername("anonymous")
            .setConnectionName(consumer.connection())
            .setAverageItemsPerSecond(consumer.delivered().perSecond())
            .setTotalItems(consumer.delivered().total())
            .setCountSinceLastMeasurement(consumer.delivered().sinceBefore())
            .setAvailableSlots(consumer.freeSlots())
            .setInFlightMessages(consumer.inFlight());
    consumer
        .measurements()
        .forEach(measured ->
            info.addObservedMeasurements(
                Measurement.newBuilder().setKey(measured.name()).setValue(measured.millis())));
    return info.build();
  }
}
