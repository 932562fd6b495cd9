package io.kiroku.command.logconsumer;

import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Wires the leases.
final class LogConsumerBeans {
  @Produces
  @Singleton
  Leases leases(
      Pool pool,
      LogConsumerConfig config,
      @ConfigProperty(name = "kiroku.instance-id", defaultValue = "command-service")
          String instance) {
    return new Leases(pool, instance + "/" + UUID.randomUUID(), config.lease());
  }
}
