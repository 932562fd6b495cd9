package io.kiroku.command.personalkeys;

import io.kiroku.eventstore.HandlerLimits;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Wires the keys of persons.
final class PersonKeysBeans {
  @Produces
  @Singleton
  PostgresPersonKeys keys(
      Pool pool,
      HandlerLimits limits,
      @ConfigProperty(name = "kiroku.master-key.file") Path masterKeyFile) {
    return new PostgresPersonKeys(pool, MasterKey.read(masterKeyFile), limits.cachedMax());
  }
}
