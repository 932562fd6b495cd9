package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.node.NodeTest.Kind;
import io.kiroku.eventstore.node.Step.Append;
import io.kiroku.eventstore.node.Step.Delete;
import io.kiroku.eventstore.node.Step.Read;
import io.kiroku.eventstore.node.Step.ReadAll;
import io.kiroku.eventstore.node.Step.Restart;
import io.kiroku.eventstore.node.Step.Tombstone;
import io.kiroku.eventstore.node.Step.Wait;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whatever is done to a node, it answers and shows what the [ReferenceModel] says.
///
/// `-Dkiroku.node.histories=` says how many histories, `-Dkiroku.node.seed=` which is the first.
final class HistoryTest {
  private static final int STEPS = 50;
  private static final long FIRST_SEED = Long.getLong("kiroku.node.seed", 1);

  @ParameterizedTest
  @CsvSource({"MEMORY, 6", "POSTGRES, 4"})
  void node_answers_and_shows_what_the_model_says(Kind kind, int histories) {
    int count = Integer.getInteger("kiroku.node.histories", histories);
    for (long seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
      List<Step> history = Histories.random(seed, STEPS);
      Outcome outcome = run(kind, history);
      if (outcome.failure() != null) {
        List<Step> shrunk =
            Histories.shrink(
                history.subList(0, outcome.steps()), fewer -> run(kind, fewer).failure() != null);
        throw new AssertionError(
            "With -Dkiroku.node.seed=%d on %s, or in short:%n%s"
                .formatted(
                    seed,
                    kind,
                    shrunk.stream().map(Step::toString).collect(Collectors.joining("\n"))),
            run(kind, shrunk).failure());
      }
    }
  }

  /// @param steps how many were done, the failed one included
  private record Outcome(int steps, @Nullable Throwable failure) {}

  private static Outcome run(Kind kind, List<Step> history) {
    int steps = 0;
    ReferenceModel model = new ReferenceModel();
    try (HistoryNode node = new HistoryNode(kind)) {
      for (Step step : history) {
        steps++;
        if (step instanceof Restart) {
          assertThat(node.heard(model.all().size())).as("heard").isEqualTo(model.all());
        }
        assertThat(node.answer(step)).as("%s", step).isEqualTo(model.answer(step));
        assertThat(node.all()).as("$all after %s", step).isEqualTo(model.all());
        for (String name : touched(step)) {
          assertSameStream(node, model, name, step);
        }
      }
      for (String name : Histories.STREAMS) {
        assertSameStream(node, model, name, "all");
      }
      assertThat(node.heard(model.all().size())).as("heard").isEqualTo(model.all());
      return new Outcome(steps, null);
    } catch (Exception | AssertionError e) {
      return new Outcome(steps, e);
    }
  }

  /// Forwards and backwards, and its metadata stream.
  private static void assertSameStream(
      HistoryNode node, ReferenceModel model, String name, Object after) throws Exception {
    for (String stream : List.of(name, "$$" + name)) {
      for (Read read :
          List.of(
              new Read(stream, false, 0, Long.MAX_VALUE, true),
              new Read(stream, true, Long.MAX_VALUE, Long.MAX_VALUE, false))) {
        assertThat(node.answer(read)).as("%s after %s", read, after).isEqualTo(model.answer(read));
      }
    }
  }

  /// Which streams may look different now, with their metadata.
  private static List<String> touched(Step step) {
    return switch (step) {
      case Append append -> List.of(append.stream().replaceFirst("^\\$\\$", ""));
      case Delete delete -> List.of(delete.stream());
      case Tombstone tombstone -> List.of(tombstone.stream());
      case Read _, ReadAll _ -> List.of();
      case Restart _, Wait _ -> Histories.STREAMS;
    };
  }
}
