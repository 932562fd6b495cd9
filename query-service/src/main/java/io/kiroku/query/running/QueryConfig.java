package io.kiroku.query.running;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/// Settings of the read side.
@ConfigMapping(prefix = "kiroku.query")
public interface QueryConfig {
  /// For example `esdb://127.0.0.1:2113?tls=false`.
  String eventstoreUrl();

  @WithDefault("kiroku")
  String mongoDatabase();

  /// How long a query waits for what its consistency token names.
  @WithDefault("2s")
  Duration consistencyWait();

  /// Waits before a failing event is tried again; after the last it is dead.
  @WithDefault("1m,5m,15m,1h,6h")
  List<Duration> retryDelays();

  @WithDefault("1s")
  Duration watermarkInterval();

  /// How often the markers of parked streams are read again. It is also what notices, on a quiet
  /// day, that the database was away and may have forgotten something.
  @WithDefault("1s")
  Duration parkedRefresh();

  /// How often it is measured how far each projection is behind the log.
  @WithDefault("5s")
  Duration lagInterval();

  /// A projection whose oldest event to be applied is older than this needs somebody to look.
  @WithDefault("30s")
  Duration lagMost();

  /// How long a client that watches something may take nothing of it, before it is cut off.
  @WithDefault("30s")
  Duration watchStall();

  /// How often some documents of each read model are checked against the log.
  @WithDefault("10s")
  Duration auditInterval();

  /// How many documents are checked each time.
  @WithDefault("10")
  int auditDocuments();

  /// How many streams' documents each projection remembers.
  @WithDefault("20000")
  int cachedStreams();

  /// How many documents that were asked for by id are kept in memory.
  @WithDefault("10000")
  int cachedDocuments();

  /// How long at most; what this instance applies itself is forgotten at once.
  @WithDefault("1s")
  Duration cacheTime();

  /// Pieces at which, or below which, stock of a product on sale is low.
  @WithDefault("10")
  long lowStock();

  /// How long a watched dashboard stays as it is at least.
  @WithDefault("1s")
  Duration dashboardInterval();

  /// How many may watch a dashboard on this instance.
  @WithDefault("100")
  int dashboardWatchers();

  /// How many may watch an order on this instance.
  @WithDefault("2000")
  int orderWatchers();

  /// How many may watch events on this instance; each holds a page of the log.
  @WithDefault("500")
  int eventWatchers();
}
