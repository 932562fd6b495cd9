package io.kiroku.eventstore.node.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.node.groups.Progress.Checkpoint;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// When a group writes down how far it is.
class ProgressTest {
  private static final int LOWER = 3;
  private static final int UPPER = 5;
  private static final int HOUR_MILLIS = 3_600_000;

  private static Progress progress(int afterMillis) {
    Progress progress =
        new Progress(
            new GroupSettings(
                false, false, 0, 0, 0, 0, afterMillis, LOWER, UPPER, 0, 0, 0, 0, "", null));
    progress.startAt(0, CheckpointStream.NONE);
    return progress;
  }

  private static List<Message> read(Progress progress, int count) {
    long first = progress.next();
    List<Message> messages =
        IntStream.range(0, count)
            .mapToObj(i -> {
              Message message = Messages.message("s", first + i);
              message.number = i + 1L;
              return message;
            })
            .toList();
    progress.read(messages, count, first + count);
    return messages;
  }

  @Test
  void upper_bound_needs_no_tick_and_lower_bound_does() {
    Progress progress = progress(1);
    List<Message> messages = read(progress, UPPER);
    messages.subList(0, LOWER - 1).forEach(progress::done);
    assertThat(progress.due(true)).isFalse();
    progress.done(messages.get(LOWER - 1));
    assertThat(progress.due(true)).isTrue();
    assertThat(progress.due(false)).isFalse();
    messages.subList(LOWER, UPPER).forEach(progress::done);
    assertThat(progress.due(false)).isTrue();
    assertThat(progress.write()).isEqualTo(new Checkpoint(UPPER - 1, UPPER));
  }

  @Test
  void first_checkpoint_waits_for_no_time_and_later_ones_do() {
    Progress progress = progress(HOUR_MILLIS);
    read(progress, LOWER).forEach(progress::done);
    assertThat(progress.due(true)).isTrue();
    progress.written(progress.write(), true);
    read(progress, LOWER).forEach(progress::done);
    assertThat(progress.due(true)).isFalse();
  }

  @Test
  void zero_time_never_writes_by_time() {
    Progress progress = progress(0);
    read(progress, UPPER - 1).forEach(progress::done);
    assertThat(progress.due(true)).isFalse();
  }

  @Test
  void what_is_left_out_counts_but_not_beyond_what_is_not_done() {
    Progress progress = progress(0);
    progress.read(List.of(), UPPER - 1, UPPER - 1);
    assertThat(progress.due(false)).isFalse();
    Message message = Messages.message("s", 10);
    message.number = 7; // six were left out before it
    progress.read(List.of(message), 20, 24);
    assertThat(progress.due(false)).isTrue();
    assertThat(progress.write()).isEqualTo(new Checkpoint(9, UPPER - 1 + 6));
  }

  @Test
  void one_is_written_at_a_time_and_a_failed_one_again() {
    Progress progress = progress(0);
    read(progress, UPPER).forEach(progress::done);
    Checkpoint first = progress.write();
    read(progress, UPPER).forEach(progress::done);
    assertThat(progress.due(false)).isFalse();
    progress.written(first, false);
    assertThat(progress.checkpoint()).isEqualTo(CheckpointStream.NONE);
    assertThat(progress.write()).isEqualTo(new Checkpoint(2 * UPPER - 1, 2 * UPPER));
  }
}
