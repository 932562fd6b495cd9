package io.kiroku.query.watch;

import io.kiroku.eventstore.StreamId;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamChangesTest {
  private static final StreamId ORDER = StreamId.of("order", "1");
  private static final StreamId PAYMENT = StreamId.of("payment", "1");

  private final StreamChanges changes = new StreamChanges();

  private UniAssertSubscriber<Map<StreamId, Long>> next() {
    return changes.next().subscribe().withSubscriber(UniAssertSubscriber.create());
  }

  @Test
  void of_what_nobody_reads_the_latest_of_each_stream_is_kept() {
    for (long revision = 0; revision < 1_000; revision++) {
      changes.note(ORDER, revision);
    }
    changes.note(ORDER, 5);
    changes.note(PAYMENT, 0);
    next().assertCompleted().assertItem(Map.of(ORDER, 999L, PAYMENT, 0L));
  }

  @Test
  void who_waits_is_told_once() {
    var waiting = next();
    changes.note(ORDER, 0);
    waiting.assertItem(Map.of(ORDER, 0L));
    var later = next();
    later.assertNotTerminated();
    changes.note(ORDER, 1);
    later.assertItem(Map.of(ORDER, 1L));
  }

  @Test
  void a_failure_comes_after_what_was_noted() {
    changes.note(ORDER, 0);
    changes.fail(new IllegalStateException("gone"));
    next().assertItem(Map.of(ORDER, 0L));
    next().assertFailedWith(IllegalStateException.class);
  }
}
