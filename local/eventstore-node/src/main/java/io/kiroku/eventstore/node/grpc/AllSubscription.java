package io.kiroku.eventstore.node.grpc;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.PageSize;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.Checkpoint;
import java.util.List;

/// A catch-up subscription to `$all`: a cursor over positions that waits at the end of the log.
/// Nothing can be lost or doubled between catching up and live, because they are the same reading;
/// live only means that the next record is still in memory.
final class AllSubscription implements Runnable {
  private final EventLog log;
  private final Sink sink;
  private final StreamEvents events;
  private final AllFilter filter;
  private final long checkpointInterval;
  private final long from;
  private long next;
  private final PageSize pageSize = new PageSize();
  private boolean live;
  private long considered;
  private long checkpoint = -1;

  /// @param from exclusive; see [ReadRequests#START] and [ReadRequests#END]
  /// @param checkpointInterval records after which a filtered reader hears how far it is; 0 for
  ///   never
  AllSubscription(
      EventLog log,
      Sink sink,
      StreamEvents events,
      AllFilter filter,
      long from,
      long checkpointInterval) {
    this.log = log;
    this.sink = sink;
    this.events = events;
    this.filter = filter;
    this.from = from;
    this.checkpointInterval = checkpointInterval;
  }

  @Override
  public void run() {
    try (AutoCloseable _ = log.onRecords(sink.waker()::wake)) {
      long end = log.end();
      next = from == ReadRequests.END ? end : from + 1;
      if (next > end) {
        throw Errors.invalid("The position %d is beyond the end of the log".formatted(from));
      }
      checkpoint = next - 1;
      Live.run(sink, () -> next < log.end() ? advance() : pause());
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean advance() {
    if (live && log.recent(next) == null) {
      live = false; // it fell behind what is in memory
      checkpoint();
    }
    List<LogRecord> page = log.read(next, pageSize.records());
    pageSize.learn(page);
    for (LogRecord record : page) {
      if (filter.shows(record) && !sink.send(events.render(record))) {
        return false;
      }
      next = record.position() + 1;
      considered++;
      if (considered >= checkpointInterval) {
        considered = 0;
        checkpoint();
      }
    }
    return sink.open();
  }

  private boolean pause() {
    if (!live) {
      checkpoint();
      live = true;
      return sink.send(Live.caughtUpWithAll(next - 1));
    }
    sink.waker().await();
    return sink.open();
  }

  /// Only readers of a part hear of them: others know from each event how far they are.
  private void checkpoint() {
    long reached = next - 1;
    if (checkpointInterval == 0 || reached <= checkpoint) {
      return;
    }
    checkpoint = reached;
    sink.send(
        ReadResp.newBuilder()
            .setCheckpoint(
                Checkpoint.newBuilder()
                    .setCommitPosition(reached)
                    .setPreparePosition(reached)
                    .setTimestamp(Live.now()))
            .build());
  }
}
