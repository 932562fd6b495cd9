package io.kiroku.eventstore.node.groups;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// The measurements of EventStoreDB's extra statistics.
class TimingsTest {
  private final Timings timings = new Timings();

  @Test
  void nothing_measured_shows_nothing() {
    assertThat(timings.measurements()).isEmpty();
  }

  @Test
  void figures_are_those_of_the_latest_thousand() {
    timings.add(1_000_000);
    LongStream.rangeClosed(1, 1000).forEach(timings::add);
    assertThat(timings.measurements())
        .containsExactly(
            new Measurement("Mean", 500),
            new Measurement("Median", 501),
            new Measurement("Fastest", 1),
            new Measurement("Quintile 1", 1),
            new Measurement("Quintile 2", 201),
            new Measurement("Quintile 3", 401),
            new Measurement("Quintile 4", 601),
            new Measurement("Quintile 5", 801),
            new Measurement("90%", 901),
            new Measurement("95%", 951),
            new Measurement("99%", 991),
            new Measurement("99.5%", 996),
            new Measurement("99.9%", 1000),
            new Measurement("Highest", 1000));
  }
}
