package io.kiroku.eventstore.node.groups;

/// Takes parked messages out again, a page at a time: each stays parked until its whole page is
/// done with, so that a crash does not lose it, and many do not fill the memory. It belongs to the
/// group's thread, except [#upTo].
final class Replay {
  private static final int PAGE = 500;

  private final ParkedStream parked;
  private final Delivery delivery;
  private final Runnable goOn;
  private volatile long end;
  private long pageEnd;
  private volatile boolean truncating;

  /// @param goOn told when the next page can be taken out
  Replay(ParkedStream parked, Delivery delivery, Runnable goOn) {
    this.parked = parked;
    this.delivery = delivery;
    this.goOn = goOn;
  }

  /// Asks for all that is parked now, up to (not including) that revision of the parked stream. May
  /// block.
  synchronized void upTo(long stopAt) {
    end = Math.max(end, Math.min(stopAt, parked.last() + 1));
    goOn.run();
  }

  /// Whether some of what was asked for is still parked.
  boolean active() {
    return truncating || delivery.replaying();
  }

  /// Does what can be done now, and returns whether that was something. May block.
  boolean advance() {
    if (end == 0 || active()) {
      return false;
    }
    if (pageEnd > 0) {
      truncate();
      return true;
    }
    long first = parked.first();
    if (first >= end) {
      finish(first);
      return true;
    }
    ParkedStream.Page page =
        parked.read(first, (int) Math.min(PAGE, end - first), Room.WAITING_BYTES_MAX);
    pageEnd = page.end() > first ? page.end() : end; // nothing is readable if it stands still
    delivery.replay(page.messages());
    if (page.messages().isEmpty()) {
      truncate();
    }
    return true;
  }

  /// The parked stream need not be looked at until more is asked for.
  private synchronized void finish(long first) {
    end = first >= end ? 0 : end;
  }

  private void truncate() {
    truncating = true;
    parked.truncate(
        pageEnd,
        written -> { // if not, it is tried again with the next tick
          pageEnd = written ? 0 : pageEnd;
          truncating = false;
          if (written) {
            goOn.run();
          }
        });
  }
}
