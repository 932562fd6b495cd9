package io.kiroku.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DeckTest {
  private static final List<String> PARTS = List.of("stack", "postgres", "gateway", "redis");

  @Test
  void each_fault_comes_once_before_any_comes_again() {
    Deck deck = Deck.kills(7, PARTS);

    assertThat(targets(deck)).containsExactlyInAnyOrderElementsOf(PARTS);
    assertThat(targets(deck)).containsExactlyInAnyOrderElementsOf(PARTS);
  }

  @Test
  void the_same_seed_gives_the_same_faults() {
    assertThat(faults(Deck.pausesAndCuts(7, PARTS, List.of())))
        .isEqualTo(faults(Deck.pausesAndCuts(7, PARTS, List.of())))
        .isNotEqualTo(faults(Deck.pausesAndCuts(8, PARTS, List.of())));
  }

  @Test
  void pauses_take_2_to_20_seconds() {
    assertThat(faults(Deck.pausesAndCuts(7, PARTS, List.of())))
        .allSatisfy(fault -> assertThat(fault.length().toMillis()).isBetween(2_000L, 20_000L));
  }

  private static List<String> targets(Deck deck) {
    return IntStream.range(0, PARTS.size()).mapToObj(_ -> deck.next().target()).toList();
  }

  private static List<Fault> faults(Deck deck) {
    return IntStream.range(0, 20).mapToObj(_ -> deck.next()).toList();
  }
}
