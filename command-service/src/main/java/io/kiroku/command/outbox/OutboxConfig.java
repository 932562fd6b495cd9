package io.kiroku.command.outbox;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How the outbox is kept small, and when somebody has to look at it.
@ConfigMapping(prefix = "kiroku.outbox")
public interface OutboxConfig {
  /// The connector's replication slot.
  @WithDefault("kiroku_outbox")
  String slot();

  @WithDefault("10S")
  Duration cleanEvery();

  /// A republication reads no further while so many of its rows are not confirmed.
  @WithDefault("20000")
  int republishedRowsMost();

  /// Events that a republication reads at once.
  @WithDefault("500")
  int republishBatch();

  /// How often rows and slot are looked at.
  @WithDefault("5S")
  Duration measureEvery();

  /// How much WAL the slot may hold back before somebody has to look.
  @WithDefault("1G")
  MemorySize lagMost();
}
