package io.kiroku.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SamplesTest {
  @Test
  void a_percentile_is_the_sample_at_its_nearest_rank() {
    var samples = new Samples();
    LongStream.rangeClosed(1, 10_000).forEach(i -> samples.add(i * 1_000_000));

    assertThat(samples.millisAt(0.5)).isEqualTo(5_000);
    assertThat(samples.millisAt(0.99)).isEqualTo(9_900);
    assertThat(samples.millisAt(1)).isEqualTo(10_000);
  }

  @Test
  void samples_of_two_measurements_count_as_one() {
    var one = new Samples();
    one.add(1_000_000);
    var other = new Samples();
    other.add(3_000_000);
    other.add(2_000_000);

    Samples both = one.and(other);

    assertThat(both.count()).isEqualTo(3);
    assertThat(both.millisAt(0.5)).isEqualTo(2);
    assertThat(both.millisAt(1)).isEqualTo(3);
  }

  @Test
  void the_processor_time_of_a_process_that_ended_still_counts() throws Exception {
    long self = ProcessHandle.current().pid();
    long before = ProcessCpu.millis(java.util.List.of(self));

    var busy = new ProcessBuilder("sh", "-c", "i=0; while [ $i -lt 600000 ]; do i=$((i+1)); done");
    Process process = busy.start();
    assertThat(process.waitFor()).isZero();
    long childAtLeastMillis = 150;

    assertThat(ProcessCpu.millis(java.util.List.of(self)) - before)
        .isGreaterThan(childAtLeastMillis);
  }

  @Test
  void the_processor_time_of_this_process_is_counted() {
    long self = ProcessHandle.current().pid();
    assertThat(ProcessCpu.millis(java.util.List.of(self))).isPositive();
    assertThat(ProcessCpu.memoryMiB(self)).isPositive();
  }
}
