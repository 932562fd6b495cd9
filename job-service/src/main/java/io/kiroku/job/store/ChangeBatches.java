package io.kiroku.job.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Applies many changes with few round trips: those of one shard go together and in order, the
/// shards side by side.
public final class ChangeBatches {
  private final RedisLink redis;
  private final ChangeScript script;

  ChangeBatches(RedisLink redis, ChangeScript script) {
    this.redis = redis;
    this.script = script;
  }

  /// Completes once Redis has every change, but for those that it will never take.
  ///
  /// Fails if Redis is away; some changes may have been applied, doing all again is harmless.
  public Uni<List<RefusedChange>> apply(List<? extends JobChange> changes) {
    if (changes.isEmpty()) {
      return Uni.createFrom().item(List.of());
    }
    List<Uni<List<RefusedChange>>> shards =
        byShard(changes).stream().map(this::applyShard).toList();
    return Uni.join().all(shards).andCollectFailures().map(ChangeBatches::flatten);
  }

  private static Collection<List<Indexed>> byShard(List<? extends JobChange> changes) {
    Map<Integer, List<Indexed>> shards = new TreeMap<>();
    for (int index = 0; index < changes.size(); index++) {
      JobChange change = changes.get(index);
      shards
          .computeIfAbsent(Shards.of(change.jobId()), _ -> new ArrayList<>())
          .add(new Indexed(index, change));
    }
    return shards.values();
  }

  private Uni<List<RefusedChange>> applyShard(List<Indexed> changes) {
    List<Request> requests =
        changes.stream().map(each -> script.byDigest(each.change(), false)).toList();
    return redis
        .batch(requests)
        .map(_ -> List.<RefusedChange>of())
        .onFailure(failure -> RedisLink.isUnknownScript(failure) || RedisLink.isFinal(failure))
        .recoverWithUni(() -> oneByOne(changes));
  }

  /// Teaches Redis the script, and finds out which change it is that Redis refuses.
  private Uni<List<RefusedChange>> oneByOne(List<Indexed> changes) {
    return Multi.createFrom()
        .iterable(changes)
        .onItem()
        .transformToUniAndConcatenate(this::applyOne)
        .filter(Optional::isPresent)
        .map(Optional::get)
        .collect()
        .asList();
  }

  private Uni<Optional<RefusedChange>> applyOne(Indexed each) {
    return redis
        .send(script.byText(each.change(), false))
        .map(_ -> Optional.<RefusedChange>empty())
        .onFailure(RedisLink::isFinal)
        .recoverWithItem(reason -> Optional.of(new RefusedChange(each.index(), reason)));
  }

  private static List<RefusedChange> flatten(List<List<RefusedChange>> shards) {
    return shards.stream().flatMap(List::stream).toList();
  }

  private record Indexed(int index, JobChange change) {}
}
