package io.kiroku.eventstore.node.log;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Where the streams that system projections fill are kept: for each stream a list of positions in
/// the log, and for each projection how far it is.
///
/// Every method may be called from any thread, may block, and fails with
/// [LogStorage.StorageUnavailable] if the storage cannot be reached.
public interface LinkStorage {
  /// Nothing done, and nothing enabled.
  static Map<SystemProjection, Progress> beginning() {
    Map<SystemProjection, Progress> progress = new EnumMap<>(SystemProjection.class);
    for (SystemProjection projection : SystemProjection.values()) {
      progress.put(projection, new Progress(false, 0));
    }
    return progress;
  }

  /// How far every projection is.
  Map<SystemProjection, Progress> progress();

  /// Lets a projection go on, or stand still. What it has done stays.
  void enable(SystemProjection projection, boolean enabled);

  /// Empties the streams of a projection and sets it back to the beginning of the log.
  void reset(SystemProjection projection);

  /// Adds the links at the ends of their streams, and moves the projections, all at once or not at
  /// all. It need not be durable at once: what a crash takes back, it takes back from its end.
  ///
  /// Returns false, and does nothing, if one of the projections is not enabled, or not at `from`.
  ///
  /// @param links in the order of the log
  boolean add(Set<SystemProjection> projections, long from, long to, List<Link> links);

  /// Places of the stream from `revision` on, in order.
  List<Place> read(String stream, long revision, int countMax);

  /// Places of the stream at or before `revision`, the latest first.
  List<Place> readBackwards(String stream, long revision, int countMax);

  /// Revision of the stream's last place, or [Streams#NONE].
  long last(String stream);

  /// @param next position of the first record that the projection has not seen
  record Progress(boolean enabled, long next) {}

  /// @param position of the record that the link stands for
  record Link(String stream, long position) {}

  /// @param position of the record that the link stands for
  record Place(long revision, long position) {}
}
