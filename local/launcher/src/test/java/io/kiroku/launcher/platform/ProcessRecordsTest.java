package io.kiroku.launcher.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordsTest {
  @TempDir Path data;

  private ProcessRecords records;
  private ProcessIdentity sleeper;

  @BeforeEach
  void startOne() {
    Layout layout = new Layout(Layout.findRoot(), data);
    layout.createDirectories();
    records = new ProcessRecords(layout.run());
    var children = new Children(layout, records);
    sleeper = children.start("sleeper", List.of("sleep", "600"), Map.of());
  }

  @AfterEach
  void endIt() {
    Signals.kill(sleeper);
  }

  @Test
  void aChildRecordsItselfUnderItsOwnPid() {
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(records.alive("sleeper")).contains(sleeper));
  }

  @Test
  void aStoppedProcessIsAliveAndAKilledOneIsNot() {
    awaitRecord();
    Signals.send("STOP", sleeper);
    assertThat(records.alive("sleeper")).isPresent();
    Signals.stop(sleeper, "TERM", Duration.ofSeconds(10));
    assertThat(records.alive("sleeper")).isEmpty();
    assertThat(records.read("sleeper")).contains(sleeper);
  }

  @Test
  void aRecycledPidIsNeitherFoundNorKilled() throws Exception {
    awaitRecord();
    // The record of a process that had the sleeper's pid before it.
    var stale = new ProcessIdentity(sleeper.pid(), "1" + sleeper.start());
    Files.writeString(
        records.fileOf("sleeper"),
        "{\"pid\":%d,\"start\":\"%s\"}".formatted(stale.pid(), stale.start()));
    assertThat(records.read("sleeper")).contains(stale);
    assertThat(records.alive("sleeper")).isEmpty();
    Signals.kill(stale);
    Signals.stop(stale, "TERM", Duration.ofSeconds(1));
    assertThat(sleeper.isAlive()).isTrue();
  }

  @Test
  void aRecordOfAnEarlierBootIsStale() {
    String ticks = sleeper.start().split("@", 2)[0];
    assertThat(new ProcessIdentity(sleeper.pid(), ticks + "@another-boot").isAlive()).isFalse();
  }

  private void awaitRecord() {
    await().atMost(Duration.ofSeconds(10)).until(() -> records.alive("sleeper").isPresent());
  }
}
