package io.kiroku.eventstore.node.groups;

import io.kiroku.eventstore.node.log.EventLog;
import io.kiroku.eventstore.node.log.LogRecord;
import java.util.ArrayList;
import java.util.List;

/// Reads ahead of a group's consumers, as far as its buffers allow. It belongs to the group's
/// thread and blocks on the storage outside of the delivery's lock, so that acknowledgements never
/// wait for it.
final class GroupReader {
  private static final int PAGE_MAX = 500;

  private final EventLog log;
  private final GroupSettings settings;
  private final GroupSource source;
  private final Delivery delivery;
  private volatile boolean live;
  private volatile boolean reading;

  GroupReader(EventLog log, GroupSettings settings, GroupSource source, Delivery delivery) {
    this.log = log;
    this.settings = settings;
    this.source = source;
    this.delivery = delivery;
  }

  /// Whether the group has everything there is, and takes what comes as it comes.
  boolean live() {
    return live;
  }

  /// Whether old records are being read just now.
  boolean reading() {
    return reading;
  }

  /// Reads one page; returns false if there is nothing to be read or no room for it.
  boolean readPage() {
    long next = delivery.next();
    long end = source.end();
    if (next >= end) {
      live = true;
      return false;
    }
    int room = Math.min(delivery.room(live), PAGE_MAX);
    if (room <= 0) {
      live = false;
      return false;
    }
    reading = !live;
    try {
      long from = live ? next : Math.max(next, source.first(end));
      if (from >= end) {
        delivery.read(List.of(), 0, end); // all of it is truncated or deleted
        return true;
      }
      List<LogRecord> page = source.read(from, room);
      if (!page.isEmpty()) {
        offer(page);
      }
      return !page.isEmpty();
    } finally {
      reading = false;
    }
  }

  /// Hands over what fits. What comes before a record that fails goes on, so that it fails alone.
  private void offer(List<LogRecord> page) {
    Part part = new Part(source.place(page.getFirst()), delivery.roomBytes());
    try {
      page.stream().takeWhile(_ -> part.roomBytes > 0).forEach(part::add);
    } finally {
      delivery.read(part.messages, part.looked, part.end);
    }
  }

  /// The part of a page that was looked at.
  private final class Part {
    private final List<Message> messages = new ArrayList<>();
    private int looked;
    private long end;
    private long roomBytes;

    Part(long end, long roomBytes) {
      this.end = end;
      this.roomBytes = roomBytes;
    }

    void add(LogRecord record) {
      if (source.visible(record, live)) {
        if (source.wanted(record)) {
          add(Message.read(log, record, settings.resolveLinks(), source.place(record)));
        }
        looked++;
      }
      end = source.place(record) + 1;
    }

    private void add(Message message) {
      message.number = looked + 1L;
      messages.add(message);
      roomBytes -= message.sizeBytes();
    }
  }
}
