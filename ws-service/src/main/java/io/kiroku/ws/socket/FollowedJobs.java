package io.kiroku.ws.socket;

import io.kiroku.ws.following.Following;
import io.kiroku.ws.following.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The jobs that one socket follows. On the socket's event loop only.
final class FollowedJobs {
  private final Session session;
  private final Watchers watchers;
  private final Loads loads;
  private final SocketConfig config;
  private final Map<String, Entry> byJob = new LinkedHashMap<>();

  FollowedJobs(Session session, Watchers watchers, Loads loads, SocketConfig config) {
    this.session = session;
    this.watchers = watchers;
    this.loads = loads;
    this.config = config;
  }

  /// Which of these can be followed; jobs that have ended make room.
  Taken makeRoomFor(List<String> jobIds) {
    int wanted = byJob.size() + jobIds.size() - config.subscriptionsMax();
    if (wanted > 0) {
      byJob.values().stream()
          .filter(entry -> entry.following.isFinished())
          .limit(wanted)
          .map(entry -> entry.following.jobId())
          .toList()
          .forEach(this::remove);
    }
    List<String> accepted = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    int room = config.subscriptionsMax() - byJob.size();
    for (String jobId : jobIds) {
      boolean fits = byJob.containsKey(jobId) || accepted.size() < room;
      (fits ? accepted : refused).add(jobId);
    }
    return new Taken(accepted, refused);
  }

  /// Follows anew, also a job that was followed already.
  void add(String jobId, long afterSequence) {
    var entry = new Entry(new Following(jobId, afterSequence));
    byJob.put(jobId, entry);
    // Before the load is sent: what happens from here on is either in its answer or comes live.
    watchers.add(jobId, session);
    loads.load(entry.following);
  }

  void remove(String jobId) {
    if (byJob.remove(jobId) != null) {
      watchers.remove(jobId, session);
    }
  }

  void clear() {
    List.copyOf(byJob.keySet()).forEach(this::remove);
  }

  boolean has(Following following) {
    Entry entry = byJob.get(following.jobId());
    return entry != null && entry.following == following;
  }

  void live(Told told, Consumer<String> send) {
    Entry entry = byJob.get(told.news().jobId());
    if (entry != null) {
      entry.heardAt = Instant.now();
      entry.following.live(told).forEach(send);
      loadIfNeeded(entry.following);
    }
  }

  void heard(Following following) {
    Entry entry = byJob.get(following.jobId());
    if (entry != null) {
      entry.heardAt = Instant.now();
    }
  }

  void loadIfNeeded(Following following) {
    if (following.needsLoad()) {
      loads.load(following);
    }
  }

  boolean isUnknownTooLong(Following following) {
    Entry entry = byJob.get(following.jobId());
    return entry == null
        || Duration.between(entry.since, Instant.now()).compareTo(config.unknownGrace()) > 0;
  }

  /// Asks after jobs that are quiet for too long, or could not be loaded.
  void recheck(Instant now) {
    Instant quietSince = now.minus(config.recheckAfter());
    byJob.values().stream()
        .filter(entry -> entry.isDue(quietSince))
        .limit(config.recheckMax())
        .toList()
        .forEach(entry -> {
          entry.heardAt = now;
          loads.load(entry.following);
        });
  }

  /// Lets the next ticks ask after every job that has not ended.
  void recheckAll() {
    byJob.values().forEach(entry -> entry.heardAt = Instant.EPOCH);
  }

  record Taken(List<String> accepted, List<String> refused) {}

  private static final class Entry {
    private final Following following;
    private final Instant since = Instant.now();
    private Instant heardAt = since;

    Entry(Following following) {
      this.following = following;
    }

    boolean isDue(Instant quietSince) {
      return !following.isLoading()
          && (following.needsLoad() || (!following.isFinished() && heardAt.isBefore(quietSince)));
    }
  }
}
