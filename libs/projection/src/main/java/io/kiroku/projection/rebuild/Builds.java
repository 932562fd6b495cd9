package io.kiroku.projection.rebuild;

import io.kiroku.projection.Build;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which builds of a projection there are. Stored as one document and replaced as a whole by
/// compare-and-set: that is what makes a switch atomic.
///
/// @param live answers the queries
/// @param kept was live before and is kept up to date, for a rollback; 0 if there is none
/// @param next is being built; null if none is
/// @param highest the highest number given to a build
/// @param ended the last rebuild; null before the first
/// @param change counts the changes; 0 before the first
public record Builds(
    int live,
    int kept,
    @Nullable Rebuild next,
    int highest,
    List<Dropped> dropped,
    @Nullable Ended ended,
    long change) {
  static final int NONE = 0;

  /// Instances hear of a drop within a second or so, unless they stand still.
  private static final Duration CLEARED_FOR = Duration.ofSeconds(30);

  public static final Builds INITIAL =
      new Builds(Build.FIRST, NONE, null, Build.FIRST, List.of(), null, 0);

  public Builds {
    dropped = List.copyOf(dropped);
  }

  Builds begun(String actor, boolean hold, Instant now) {
    var rebuild = Rebuild.asked(highest + 1, actor, hold, now);
    return new Builds(live, kept, rebuild, highest + 1, dropped, ended, change + 1);
  }

  Builds with(Rebuild rebuild) {
    return new Builds(live, kept, rebuild, highest, dropped, ended, change + 1);
  }

  /// What was live is kept; what was kept goes.
  Builds switched(Rebuild rebuild, String actor, Instant now) {
    return new Builds(
        rebuild.number(),
        live,
        null,
        highest,
        dropping(kept, now),
        new Ended(rebuild, true, actor, now),
        change + 1);
  }

  Builds cancelled(Rebuild rebuild, String actor, Instant now) {
    return new Builds(
        live,
        kept,
        null,
        highest,
        dropping(rebuild.number(), now),
        new Ended(rebuild, false, actor, now),
        change + 1);
  }

  Builds rolledBack() {
    return new Builds(
        /* live= */ kept, /* kept= */ live, next, highest, dropped, ended, change + 1);
  }

  Builds withoutKept(Instant now) {
    return new Builds(live, NONE, next, highest, dropping(kept, now), ended, change + 1);
  }

  Builds cleared(Instant now) {
    List<Dropped> left = dropped.stream().filter(it -> it.until().isAfter(now)).toList();
    return new Builds(live, kept, next, highest, left, ended, change + 1);
  }

  private List<Dropped> dropping(int number, Instant now) {
    List<Dropped> all = new ArrayList<>(dropped);
    if (number != NONE) {
      all.add(new Dropped(number, now.plus(CLEARED_FOR)));
    }
    return all;
  }
}
