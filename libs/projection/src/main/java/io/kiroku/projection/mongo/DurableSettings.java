package io.kiroku.projection.mongo;

import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// How a client must be set up whose writes read models rest on.
public final class DurableSettings {
  /// A server that is away is noticed within this time; the projections then wait for it.
  private static final Duration SELECTION_TIMEOUT = Duration.ofSeconds(3);

  private DurableSettings() {}

  /// Majority writes: a document and its revision never come apart in a failover, and what was
  /// acknowledged to the log's subscription is never rolled back.
  ///
  /// @param absences told of them from now on
  public static MongoClientSettings.Builder apply(
      MongoClientSettings.Builder settings, Absences absences) {
    return settings
        .writeConcern(WriteConcern.MAJORITY)
        .applyToServerSettings(server -> server.addServerListener(absences))
        .applyToClusterSettings(cluster ->
            cluster.serverSelectionTimeout(SELECTION_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS));
  }
}
