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
  void the_processor_time_of_this_process_is_counted() {
    long self = ProcessHandle.current().pid();
    assertThat(ProcessCpu.millis(java.util.List.of(self))).isPositive();
    assertThat(ProcessCpu.memoryMiB(self)).isPositive();
  }
}
