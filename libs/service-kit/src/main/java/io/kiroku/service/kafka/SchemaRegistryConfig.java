package io.kiroku.service.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where schema ids come from.
@ConfigMapping(prefix = "kiroku.schema-registry")
public interface SchemaRegistryConfig {
  /// Base of the Confluent REST API.
  URI url();

  /// Topics whose ids are asked for at start; others are asked for when first needed.
  Optional<List<String>> topics();

  /// How long an answer may take.
  @WithDefault("5S")
  Duration timeout();

  /// Pause before the second try; grows up to [#retryAtMost].
  @WithDefault("0.5S")
  Duration retryFirst();

  @WithDefault("15S")
  Duration retryAtMost();
}
