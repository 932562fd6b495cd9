package io.kiroku.eventstore.node.grpc;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.PageSize;
import io.kiroku.eventstore.node.log.StreamMetadata;
import io.kiroku.eventstore.node.log.Streams;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.StreamNotFound;
import java.util.List;

/// A read of one stream, from a revision on or back.
///
/// @param bounds whether the client wants to hear where the stream begins and ends
record StreamRead(
    EventLog log,
    Sink sink,
    StreamEvents events,
    String stream,
    long from,
    long count,
    boolean backwards,
    boolean bounds)
    implements Runnable {
  /// How many revisions EventStoreDB looks at first. Clients hear where the stream begins only if
  /// there is nothing to be read among these.
  private static final int FIRST_PAGE = 32;

  /// Such a read is done before a thread for it would have started, and blocks nobody.
  private static final int SMALL_RECORDS_MAX = 100;

  boolean small() {
    return !events.resolvesLinks() && log.small(stream, SMALL_RECORDS_MAX);
  }

  @Override
  public void run() {
    if (!backwards && from == ReadRequests.END) {
      throw Errors.unknown("Unexpected ReadStreamResult: Error");
    }
    long last = log.lastRevision(Streams.subject(stream));
    if (last == Streams.TOMBSTONE) {
      throw Errors.streamDeleted(stream);
    }
    if (Streams.isMetadata(stream)) {
      last = log.lastRevision(stream);
    }
    StreamMetadata metadata = log.metadata(stream);
    if (last == Streams.NONE || metadata.softDeleted()) {
      sink.sendNow(notFound());
      sink.complete();
      return;
    }
    if (send(last, metadata)) {
      sink.complete();
    }
  }

  private boolean send(long last, StreamMetadata metadata) {
    long first = metadata.firstRevision(last);
    long at = backwards ? backwardsFrom(last) : Math.max(from, first);
    long left = count;
    boolean told = false;
    if (Math.max(0, from) <= first - Math.min(FIRST_PAGE, count)) {
      told = true;
      sendFirstPosition(first);
    }
    PageSize pageSize = new PageSize();
    while (left > 0 && at >= first && at <= last) {
      List<LogRecord> page = page(at, (int) Math.min(left, pageSize.records()), first, last);
      if (page.isEmpty()) {
        break;
      }
      pageSize.learn(page);
      long now = log.nowTicks();
      for (LogRecord record : page) {
        if (!metadata.expired(record, now)) {
          left--;
          told = true;
          if (!sink.send(events.render(record))) {
            return false;
          }
        }
      }
      at = page.getLast().revision() + (backwards ? -1 : 1);
    }
    if (!told) {
      sendFirstPosition(last + 1);
    }
    return !bounds || sink.sendNow(ReadResp.newBuilder().setLastStreamPosition(last).build());
  }

  /// Tells where there would be something to be read.
  private void sendFirstPosition(long position) {
    if (bounds && !backwards && from != position) {
      sink.sendNow(ReadResp.newBuilder().setFirstStreamPosition(position).build());
    }
  }

  private long backwardsFrom(long last) {
    return from == ReadRequests.START ? 0 : Math.min(from, last);
  }

  private List<LogRecord> page(long at, int size, long first, long last) {
    return backwards
        ? log.readStreamBackwards(stream, at, (int) Math.min(size, at - first + 1))
        : log.readStream(stream, at, (int) Math.min(size, last - at + 1));
  }

  private ReadResp notFound() {
    return ReadResp.newBuilder()
        .setStreamNotFound(StreamNotFound.newBuilder().setStreamIdentifier(Wire.stream(stream)))
        .build();
  }
}
