package io.kiroku.projection.engine;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings streams' slots up to their targets, in rounds: find out what they hold, fold, write all
/// in one round trip; whoever was overtaken or is not there yet takes another round.
///
/// The events that arrive meanwhile collect at their source, so rounds grow with the load.
final class Settling {
  private final ReadModelStore documents;
  private final HeldCache cache;
  private final Outcomes outcomes;
  private final NextEvents next;
  private final Skips skips;

  Settling(
      ReadModelStore documents, HeldCache cache, Outcomes outcomes, NextEvents next, Skips skips) {
    this.documents = documents;
    this.cache = cache;
    this.outcomes = outcomes;
    this.next = next;
    this.skips = skips;
  }

  Uni<Void> settle(List<StreamWork> works, boolean fresh) {
    if (works.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    return locate(works, fresh)
        .flatMap(_ -> Parallel.each(works, this::fold))
        .flatMap(this::write)
        .flatMap(unfinished -> settle(unfinished, false));
  }

  private Uni<Void> locate(List<StreamWork> works, boolean fresh) {
    List<StreamWork> unknown = new ArrayList<>();
    for (StreamWork work : works) {
      Held cached = cache.get(work.stream());
      if (cached != null) {
        work.held = cached;
      } else if (fresh && work.beginsAStream()) {
        work.held = Held.NOTHING;
      } else {
        unknown.add(work);
      }
    }
    return unknown.isEmpty() ? Uni.createFrom().voidItem() : look(unknown);
  }

  private Uni<Void> look(List<StreamWork> unknown) {
    return documents
        .read(unknown.stream().map(work -> work.slot).toList())
        .invoke(found -> {
          for (StreamWork work : unknown) {
            work.held = found.getOrDefault(work.slot, Held.NOTHING);
            work.looked = true;
            cache.put(work.stream(), work.held);
          }
        })
        .replaceWithVoid();
  }

  private Uni<@Nullable StreamWork> fold(StreamWork work) {
    if (work.done()) {
      return outcomes.alreadyThere(work);
    }
    if (work.isOvertakenByNobody()) {
      return outcomes.refused(work, "A unique index does not take this document");
    }
    return next.of(work)
        .flatMap(
            due -> Folding.of(work.slot.contribution(), work.held, due, skips.of(work.stream())))
        .<@Nullable StreamWork>map(work::folded);
  }

  private Uni<List<StreamWork>> write(List<StreamWork> works) {
    List<StreamWork> changed = works.stream().filter(StreamWork::hasNews).toList();
    Uni<List<WriteOutcome>> written =
        changed.isEmpty()
            ? Uni.createFrom().item(List.of())
            : documents.write(changed.stream().map(StreamWork::guarded).toList());
    return written.flatMap(answers -> {
      for (int i = 0; i < changed.size(); i++) {
        changed.get(i).outcome = answers.get(i);
      }
      return Parallel.each(works, outcomes::conclude);
    });
  }
}
