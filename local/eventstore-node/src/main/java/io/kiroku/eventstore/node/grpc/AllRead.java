package io.kiroku.eventstore.node.grpc;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.PageSize;
import java.util.List;

/// A read of `$all`: forwards from a position on, or backwards from before it.
record AllRead(
    EventLog log,
    Sink sink,
    StreamEvents events,
    AllFilter filter,
    long from,
    long count,
    boolean backwards)
    implements Runnable {
  @Override
  public void run() {
    long end = log.end();
    long at = at(end);
    long left = count;
    PageSize pageSize = new PageSize();
    while (left > 0) {
      int size =
          filter.everything() ? (int) Math.min(left, pageSize.records()) : pageSize.records();
      List<LogRecord> page = backwards ? log.readBackwards(at, size) : log.read(at, size);
      if (page.isEmpty()) {
        break;
      }
      pageSize.learn(page);
      for (LogRecord record : page) {
        if (left > 0 && filter.shows(record)) {
          left--;
          if (!sink.send(events.render(record))) {
            return;
          }
        }
      }
      at = backwards ? page.getLast().position() : page.getLast().position() + 1;
      if (!sink.open()) {
        return;
      }
    }
    sink.complete();
  }

  private long at(long end) {
    if (from == ReadRequests.END) {
      return end;
    }
    if (from > end) {
      throw Errors.unknown("Unexpected ReadAllResult: InvalidPosition");
    }
    return Math.max(0, from);
  }
}
