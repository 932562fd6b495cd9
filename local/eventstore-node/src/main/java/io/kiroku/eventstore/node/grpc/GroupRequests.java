package io.kiroku.eventstore.node.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.StatusRuntimeException;
import io.kiroku.eventstore.node.groups.GroupId;
import io.kiroku.eventstore.node.groups.GroupSettings;
import io.kiroku.eventstore.node.log.Filter;
import io.kiroku.eventstore.node.log.Streams;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq;
import io.kiroku.eventstore.node.proto.persistent.Persistent.CreateReq.Settings;
import io.kiroku.eventstore.node.proto.persistent.Persistent.UpdateReq;
import io.kiroku.eventstore.node.proto.shared.Shared.StreamIdentifier;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadReq;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Takes apart what clients say of a group. Update's messages have the wire form of Create's.
final class GroupRequests {
  private static final int TICKS_PER_MILLI = 10_000;
  private static final String ALL_IS_NO_STREAM =
      "Persistent subscriptions to $all are only supported over gRPC through gRPC clients";

  private GroupRequests() {}

  static CreateReq.Options asOfCreate(UpdateReq.Options options) {
    try {
      return CreateReq.Options.parseFrom(options.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw Errors.invalid(String.valueOf(e.getMessage()));
    }
  }

  static GroupSettings settings(CreateReq.Options options) {
    Settings settings = options.getSettings();
    return new GroupSettings(
        settings.getResolveLinks(),
        settings.getExtraStatistics(),
        start(options),
        startPrepare(options),
        settings.hasMessageTimeoutTicks()
            ? (int) (settings.getMessageTimeoutTicks() / TICKS_PER_MILLI)
            : settings.getMessageTimeoutMs(),
        settings.getMaxRetryCount(),
        settings.hasCheckpointAfterTicks()
            ? (int) (settings.getCheckpointAfterTicks() / TICKS_PER_MILLI)
            : settings.getCheckpointAfterMs(),
        settings.getMinCheckpointCount(),
        settings.getMaxCheckpointCount(),
        settings.getMaxSubscriberCount(),
        settings.getLiveBufferSize(),
        settings.getHistoryBufferSize(),
        settings.getReadBatchSize(),
        strategy(settings),
        filter(options));
  }

  @SuppressWarnings("deprecation") // clients up to 5.4 send only the old field
  private static String strategy(Settings settings) {
    return settings.getConsumerStrategy().isEmpty()
        ? switch (settings.getNamedConsumerStrategy()) {
          case UNRECOGNIZED -> Integer.toString(settings.getNamedConsumerStrategyValue());
          case CreateReq.ConsumerStrategy known -> known.name();
        }
        : settings.getConsumerStrategy();
  }

  @SuppressWarnings("deprecation") // the oldest form of a request to a stream
  static GroupId id(CreateReq.Options options) {
    StreamIdentifier stream =
        options.hasStream()
            ? options.getStream().getStreamIdentifier()
            : options.getStreamIdentifier();
    return id(options.hasAll(), stream, options.getGroupName());
  }

  @SuppressWarnings("deprecation") // the oldest form of a request to a stream
  private static long start(CreateReq.Options options) {
    return switch (options.getStreamOptionCase()) {
      case STREAM ->
          switch (options.getStream().getRevisionOptionCase()) {
            case REVISION -> options.getStream().getRevision();
            case START -> 0;
            case END, REVISIONOPTION_NOT_SET -> GroupSettings.END;
          };
      case ALL ->
          switch (options.getAll().getAllOptionCase()) {
            case POSITION -> options.getAll().getPosition().getCommitPosition();
            case START -> 0;
            case END, ALLOPTION_NOT_SET -> GroupSettings.END;
          };
      case STREAMOPTION_NOT_SET -> options.getSettings().getRevision();
    };
  }

  private static long startPrepare(CreateReq.Options options) {
    return options.getAll().hasPosition()
        ? options.getAll().getPosition().getPreparePosition()
        : start(options);
  }

  private static StatusRuntimeException failed(CreateReq.Options options, String reason) {
    return Errors.groupFailed(Streams.ALL, options.getGroupName(), reason);
  }

  /// Which group it is, of a stream that can exist. Fails as EventStoreDB does.
  static GroupId id(boolean all, StreamIdentifier stream, String group) {
    GroupId id = PersistentSubscriptionsService.id(all, stream, group);
    if (id.source().isEmpty()) {
      throw Errors.groupFailed(id.source(), id.group(), "Bad stream name.");
    }
    if (!all && id.source().equals(Streams.ALL)) {
      throw Errors.groupFailed(id.source(), id.group(), ALL_IS_NO_STREAM);
    }
    if (id.group().isEmpty() || !id.storable()) {
      throw Errors.groupFailed(id.source(), id.group(), "Bad stream or group name.");
    }
    return id;
  }

  private static @Nullable Filter filter(CreateReq.Options options) {
    if (!options.getAll().hasFilter()) {
      return null;
    }
    try {
      Filter filter =
          ReadRequests.filter(
              ReadReq.Options.FilterOptions.parseFrom(options.getAll().getFilter().toByteString()));
      filter.compiled();
      return filter;
    } catch (InvalidProtocolBufferException e) {
      throw Errors.invalid(String.valueOf(e.getMessage()));
    } catch (PatternSyntaxException e) {
      throw failed(options, "The filter is no regular expression: " + e.getDescription());
    }
  }
}
