package io.kiroku.eventstore.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.eventstore.dbclient.EventData;
import com.eventstore.dbclient.ExpectedRevision;
import com.eventstore.dbclient.Position;
import com.eventstore.dbclient.ResolvedEvent;
import com.eventstore.dbclient.StreamNotFoundException;
import com.eventstore.dbclient.WriteResult;
import com.eventstore.dbclient.WrongExpectedVersionException;
import com.google.common.base.Splitter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Expected revisions and repeated appends, in the named sequences of EventStoreDB's own tests:
/// `0em1` appends event 0 expecting revision -1, `1any` event 1 expecting anything, `[0,1]em1` both
/// at once.
abstract class IdempotencyContract extends NodeTest {
  private static final String SIX = "0em1_1e0_2e1_3e2_4e3_5e4";

  IdempotencyContract(Kind kind) {
    super(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SIX + "_0em1",
        SIX + "_0any",
        SIX + "_0exists",
        "0em1_1e0_2e1_1any_1any",
        "0em1_1e0_1e0",
        "[0,1]em1_[0]em1",
        "[0,1]em1_[0]any",
        "[0,1]em1_[1]e0",
        "[0,1]em1_[1]any",
        "[0,1]em1_[0,1]em1",
        "[0,1]em1_[0,1]any",
        "[0,1]em1_[0,1]exists",
        "[0,1]em1_[1]exists",
      })
  void repetition_answers_as_the_first_time(String sequence) throws Exception {
    List<String> steps = steps(sequence);
    for (String step : steps.subList(0, steps.size() - 1)) {
      step("s", step);
    }
    List<ResolvedEvent> before = read("s");
    WriteResult repeated = step("s", steps.getLast());
    assertThat(read("s"))
        .hasSize((int) steps.stream().flatMap(IdempotencyContract::ids).distinct().count());
    assertThat(before).hasSameSizeAs(read("s"));
    assertThat(repeated.getNextExpectedRevision().toRawLong()).isEqualTo(lastId(steps.getLast()));
    Position original = before.get((int) lastId(steps.getLast())).getOriginalEvent().getPosition();
    assertThat(repeated.getLogPosition()).isEqualTo(original);
  }

  /// In these sequences every event's id is also its revision.
  private static long lastId(String step) {
    return Long.parseLong(ids(step).reduce("", (_, last) -> last));
  }

  @ParameterizedTest
  @ValueSource(strings = {SIX + "_0e5", "0em1_0e0", "0em1_1e0_0e1"})
  void same_id_expecting_the_current_revision_is_a_new_event(String sequence) throws Exception {
    List<String> steps = steps(sequence);
    for (String step : steps) {
      step("s", step);
    }
    assertThat(read("s")).hasSameSizeAs(steps);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SIX + "_0e6",
        SIX + "_0e4",
        "0em1_1em1",
        "0em1_1e1",
        "[0,1]em1_[0,1,2]em1",
        "[0,1]em1_[0,2]em1",
        "[0,1]em1_[0,2]any",
        "[0,1]em1_[0,2]exists",
        "[0,1]em1_[1,2]e0",
      })
  void anything_else_is_a_wrong_expected_version(String sequence) throws Exception {
    List<String> steps = steps(sequence);
    for (String step : steps.subList(0, steps.size() - 1)) {
      step("s", step);
    }
    int before = read("s").size();
    assertThatThrownBy(() -> step("s", steps.getLast()))
        .isInstanceOf(WrongExpectedVersionException.class);
    assertThat(read("s")).hasSize(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0em1", "0any", "[0,1,2]em1", "[1,2]e0", "2any"})
  void repetition_is_known_after_a_restart(String repeated) throws Exception {
    step("s", "[0,1,2]em1");
    restart();
    WriteResult result = step("s", repeated);
    assertThat(result.getNextExpectedRevision().toRawLong()).isEqualTo(lastId(repeated));
    assertThat(read("s")).hasSize(3);
  }

  @Test
  void trap_8_repetition_of_what_was_deleted_is_still_one_and_other_events_are_new()
      throws Exception {
    step("s", "[0,1]em1");
    result(client.deleteStream("s"));
    WriteResult repeated = step("s", "[0,1]em1");
    assertThat(repeated.getNextExpectedRevision()).isEqualTo(ExpectedRevision.expectedRevision(1));
    assertThatThrownBy(() -> read("s")).isInstanceOf(StreamNotFoundException.class);
    assertThatThrownBy(() -> step("s", "[0,2]em1"))
        .isInstanceOf(WrongExpectedVersionException.class);
    step("s", "2em1");
    assertThat(read("s").getFirst().getEvent().getRevision()).isEqualTo(2);
  }

  @Test
  void wrong_expected_version_names_both_revisions() throws Exception {
    step("s", "[0,1]em1");
    assertThatThrownBy(() -> step("s", "2e7"))
        .isInstanceOfSatisfying(
            WrongExpectedVersionException.class,
            e -> {
              assertThat(e.getActualVersion()).isEqualTo(ExpectedRevision.expectedRevision(1));
              assertThat(e.getNextExpectedRevision())
                  .isEqualTo(ExpectedRevision.expectedRevision(7));
            });
  }

  @Test
  void same_ids_in_another_stream_are_other_events() throws Exception {
    step("s", "[0,1]em1");
    step("t", "[0,1]any");
    assertThat(read("t")).hasSize(2);
  }

  @Test
  void no_events_answer_with_the_current_revision() throws Exception {
    assertThat(append("s", ExpectedRevision.any()).getNextExpectedRevision())
        .isEqualTo(ExpectedRevision.noStream());
    step("s", "[0,1]em1");
    assertThat(append("s", ExpectedRevision.any()).getNextExpectedRevision())
        .isEqualTo(ExpectedRevision.expectedRevision(1));
    assertThatThrownBy(() -> append("s", ExpectedRevision.noStream()))
        .isInstanceOf(WrongExpectedVersionException.class);
  }

  private WriteResult step(String stream, String step) throws Exception {
    EventData[] events =
        ids(step)
            .map(number -> event(id(Integer.parseInt(number)), "event-" + number))
            .toArray(EventData[]::new);
    return append(stream, expected(step), events);
  }

  private static List<String> steps(String sequence) {
    return Splitter.on('_').splitToList(sequence);
  }

  private static Stream<String> ids(String step) {
    String ids = step.replaceFirst("(e|any)[^\\]]*$", "").replaceAll("[\\[\\]]", "");
    return Splitter.on(',').splitToStream(ids);
  }

  private static ExpectedRevision expected(String step) {
    if (step.endsWith("any")) {
      return ExpectedRevision.any();
    }
    if (step.endsWith("exists")) {
      return ExpectedRevision.streamExists();
    }
    String revision = step.substring(step.lastIndexOf('e') + 1);
    return revision.equals("m1")
        ? ExpectedRevision.noStream()
        : ExpectedRevision.expectedRevision(Long.parseLong(revision));
  }
}
