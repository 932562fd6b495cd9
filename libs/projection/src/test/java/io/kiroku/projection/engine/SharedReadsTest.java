package io.kiroku.projection.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
  /// Each read that was begun, and what ends it.
  private final List<List<String>> begun = new ArrayList<>();

  private final List<CompletableFuture<Map<String, Integer>>> ends = new ArrayList<>();
  private final SharedReads<String, Integer> reads = new SharedReads<>(this::begin, 0);

  private Uni<Map<String, Integer>> begin(List<String> keys) {
    begun.add(keys);
    ends.add(new CompletableFuture<>());
    return Uni.createFrom().completionStage(ends.getLast());
  }

  private CompletableFuture<Integer> ask(String key) {
    return reads.read(key).subscribeAsCompletionStage();
  }

  @Test
  void whoAsksAloneIsReadForAtOnce() {
    var answer = ask("a");

    assertThat(begun).containsExactly(List.of("a"));
    ends.getFirst().complete(Map.of("a", 1));
    assertThat(answer).isCompletedWithValue(1);
  }

  @Test
  void whoAsksDuringAReadGetsTheNextOneWithAllOthers() {
    var first = ask("a");
    var again = ask("a");
    var other = ask("b");
    var twice = ask("b");
    ends.get(0).complete(Map.of("a", 1));

    assertThat(first).isCompletedWithValue(1);
    assertThat(again).isNotDone();
    assertThat(begun).containsExactly(List.of("a"), List.of("a", "b"));
    ends.get(1).complete(Map.of("a", 2));
    assertThat(again).isCompletedWithValue(2);
    assertThat(other).isCompletedWithValue(0);
    assertThat(twice).isCompletedWithValue(0);
    var _ = ask("c");
    assertThat(begun).hasSize(3);
  }

  @Test
  void aReadThatFailsFailsForThoseWhoShareItOnly() {
    var first = ask("a");
    var second = ask("b");
    ends.get(0).completeExceptionally(new IllegalStateException("away"));
    ends.get(1).complete(Map.of("b", 1));

    assertThat(first).isCompletedExceptionally();
    assertThat(second).isCompletedWithValue(1);
  }
}
