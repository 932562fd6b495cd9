package io.kiroku.bench.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp;
import io.kiroku.eventstore.node.proto.streams.StreamsOuterClass.ReadResp.ReadEvent;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReaderTest {
  @Test
  void a_read_is_done_when_it_ends() {
    var reader = reading(Long.MAX_VALUE, 3, 7, 8);
    assertThat(reader.read()).isNotDone();

    reader.onCompleted();

    assertThat(reader.read()).isCompletedWithValue(3L);
  }

  @Test
  void a_subscription_is_done_when_it_has_enough() {
    assertThat(reading(2, 3, 7, 8).read()).isCompletedWithValue(2L);
  }

  @Test
  void an_event_that_comes_twice_or_late_fails_the_measurement() {
    assertThat(reading(Long.MAX_VALUE, 3, 7, 7).read()).isCompletedExceptionally();
    assertThat(reading(Long.MAX_VALUE, 3, 2).read()).isCompletedExceptionally();
  }

  private static Reader reading(long enough, long... positions) {
    var reader = new Reader(enough);
    LongStream.of(positions)
        .mapToObj(position -> ReadEvent.newBuilder().setCommitPosition(position))
        .forEach(event -> reader.onNext(ReadResp.newBuilder().setEvent(event).build()));
    return reader;
  }
}
