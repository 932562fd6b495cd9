package io.kiroku.eventstore.node.storage;

import io.kiroku.eventstore.node.log.LinkStorage;
import io.kiroku.eventstore.node.log.LogRecord;
import io.kiroku.eventstore.node.log.LogStorage;
import io.kiroku.eventstore.node.log.Streams;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps the log on the heap, for tests and tries. It lives as long as this object: a node may be
/// closed and another opened on it.
public final class MemoryStorage implements LogStorage {
  private final List<LogRecord> records = new ArrayList<>();
  private final Map<String, List<LogRecord>> streams = new HashMap<>();
  private final MemoryLinks links = new MemoryLinks();
  private boolean taken;

  @Override
  public synchronized long open() {
    if (taken) {
      throw new StorageTaken("Another node of this program uses this storage");
    }
    taken = true;
    return records.size();
  }

  @Override
  public synchronized void append(List<LogRecord> batch) {
    for (LogRecord record : batch) {
      records.add(record);
      streams.computeIfAbsent(record.stream(), _ -> new ArrayList<>()).add(record);
    }
  }

  @Override
  public void check() {
    // Nothing can take it away.
  }

  @Override
  public synchronized List<LogRecord> read(long position, int countMax) {
    int from = (int) Math.min(position, records.size());
    int to = (int) Math.min((long) from + countMax, records.size());
    return List.copyOf(records.subList(from, to));
  }

  @Override
  public synchronized List<LogRecord> readBackwards(long position, int countMax) {
    int to = (int) Math.min(position, records.size());
    return List.copyOf(records.subList(Math.max(0, to - countMax), to)).reversed();
  }

  @Override
  public synchronized List<LogRecord> readAt(Collection<Long> positions) {
    return positions.stream().sorted().map(at -> records.get(at.intValue())).toList();
  }

  @Override
  public synchronized List<LogRecord> readStream(String stream, long revision, int countMax) {
    List<LogRecord> of = streams.getOrDefault(stream, List.of());
    // A tombstone's revision is not its place; it is read from any revision on.
    boolean ended = !of.isEmpty() && of.getLast().revision() == Streams.TOMBSTONE;
    long from = Math.min(revision, ended ? of.size() - 1 : of.size());
    return of.stream().skip(from).limit(countMax).toList();
  }

  @Override
  public synchronized List<LogRecord> readStreamBackwards(
      String stream, long revision, int countMax) {
    List<LogRecord> of = streams.getOrDefault(stream, List.of());
    int to = (int) Math.min(revision + 1, of.size());
    return List.copyOf(of.subList(Math.max(0, to - countMax), to)).reversed();
  }

  @Override
  public synchronized List<LogRecord> lastOf(Collection<String> names) {
    return names.stream()
        .map(name -> streams.getOrDefault(name, List.of()))
        .filter(of -> !of.isEmpty())
        .map(List::getLast)
        .toList();
  }

  @Override
  public synchronized List<LogRecord> metadata() {
    return lastOf(streams.keySet().stream().filter(Streams::isMetadata).toList());
  }

  @Override
  public LinkStorage links() {
    return links;
  }

  @Override
  public synchronized void close() {
    taken = false;
  }
}
