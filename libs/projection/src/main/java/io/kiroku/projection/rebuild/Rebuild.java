package io.kiroku.projection.rebuild;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A build that is not live yet.
///
/// @param number of the build
/// @param actor who asked for it
/// @param hold whether it waits for an operator even if nothing is missing
/// @param owner the instance that builds; others may take over after `leaseUntil`
/// @param liveDocuments how many the live build had when this one had caught up
/// @param target log position that must be reached before it is compared; -1 before it is known
/// @param comparison null before it was compared
public record Rebuild(
    int number,
    String actor,
    boolean hold,
    Instant began,
    String owner,
    Instant leaseUntil,
    Phase phase,
    Figures figures,
    long liveDocuments,
    long target,
    @Nullable Comparison comparison) {
  static Rebuild asked(int number, String actor, boolean hold, Instant now) {
    return new Rebuild(
        number, actor, hold, now, "", now, Phase.BUILDING, Figures.NONE, 0, -1, null);
  }

  boolean isOwnedBy(String instance) {
    return owner.equals(instance);
  }

  boolean mayBeTakenAt(Instant now) {
    return leaseUntil.isBefore(now);
  }

  Rebuild owned(String instance, Instant until) {
    return new Rebuild(
        number,
        actor,
        hold,
        began,
        instance,
        until,
        phase,
        figures,
        liveDocuments,
        target,
        comparison);
  }

  Rebuild at(Figures now) {
    return new Rebuild(
        number,
        actor,
        hold,
        began,
        owner,
        leaseUntil,
        phase,
        now,
        liveDocuments,
        target,
        comparison);
  }

  Rebuild comparing(long live, long from) {
    return new Rebuild(
        number,
        actor,
        hold,
        began,
        owner,
        leaseUntil,
        Phase.COMPARING,
        figures,
        live,
        from,
        comparison);
  }

  Rebuild waiting(Comparison found) {
    return new Rebuild(
        number,
        actor,
        hold,
        began,
        owner,
        leaseUntil,
        Phase.WAITING,
        figures,
        liveDocuments,
        target,
        found);
  }
}
