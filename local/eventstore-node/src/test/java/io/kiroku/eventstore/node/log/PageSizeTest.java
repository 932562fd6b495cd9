package io.kiroku.eventstore.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.kiroku.eventstore.node.log.LogRecord.Event;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PageSizeTest {
  private final PageSize size = new PageSize();

  @Test
  void pages_of_small_records_grow_step_by_step() {
    int first = size.records();
    size.learn(page(first, 10));
    assertThat(size.records()).isBetween(first + 1, first * 4);
  }

  @Test
  void no_more_is_asked_for_than_a_storage_gives_at_once() {
    for (int i = 0; i < 5; i++) {
      size.learn(page(size.records(), 1_000));
    }
    assertThat(size.records()).isEqualTo(LogStorage.PAGE_BYTES_MAX / 1_000);
  }

  @Test
  void one_record_is_asked_for_however_big_they_are() {
    size.learn(page(1, 5 << 20));
    assertThat(size.records()).isEqualTo(1);
  }

  @Test
  void an_empty_page_teaches_nothing() {
    int before = size.records();
    size.learn(List.of());
    assertThat(size.records()).isEqualTo(before);
  }

  private static List<LogRecord> page(int count, int bytes) {
    ByteString data = ByteString.copyFrom(new byte[bytes]);
    Event event = new Event(new UUID(1, 1), "e", false, data, ByteString.EMPTY);
    return Collections.nCopies(count, new LogRecord(1, "s", 0, event, 1));
  }
}
