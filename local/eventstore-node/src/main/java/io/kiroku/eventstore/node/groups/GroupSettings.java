package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.log.Filter;
import org.jspecify.annotations.Nullable;

/// How a persistent subscription is to work, as its creator said; stored as it is.
///
/// @param start first position (of `$all`) or revision wanted, [#END] for what comes after creation
/// @param startPrepare only shown: the other half of a position as clients write it
/// @param messageTimeoutMillis 0 lets a message expire with the next tick
/// @param checkpointAfterMillis 0 never writes a checkpoint because of the time
/// @param consumersMax 0 for any number
/// @param strategy a name, as EventStoreDB has them
public record GroupSettings(
    boolean resolveLinks,
    boolean extraStatistics,
    long start,
    long startPrepare,
    int messageTimeoutMillis,
    int retriesMax,
    int checkpointAfterMillis,
    int checkpointCountMin,
    int checkpointCountMax,
    int consumersMax,
    int liveBufferSize,
    int historyBufferSize,
    int readBatchSize,
    String strategy,
    @Nullable Filter filter) {
  public static final long END = -1;

  /// The start as clients read it.
  String startText(boolean ofAll) {
    if (!ofAll) {
      return Long.toString(start);
    }
    return start == END ? Place.position(END, END) : Place.position(start, startPrepare);
  }

  GroupSettings withFilter(@Nullable Filter of) {
    return new GroupSettings(
        resolveLinks,
        extraStatistics,
        start,
        startPrepare,
        messageTimeoutMillis,
        retriesMax,
        checkpointAfterMillis,
        checkpointCountMin,
        checkpointCountMax,
        consumersMax,
        liveBufferSize,
        historyBufferSize,
        readBatchSize,
        strategy,
        of);
  }
}
