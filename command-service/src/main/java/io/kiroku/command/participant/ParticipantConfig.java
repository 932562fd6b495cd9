package io.kiroku.command.participant;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How commands are read from Kafka, and what happens to those that fail.
@ConfigMapping(prefix = "kiroku.participants")
public interface ParticipantConfig {
  /// The topic's context is appended: every instance of the service is in the same groups.
  @WithDefault("command-service")
  String group();

  /// An instance that died is replaced after this time.
  @WithDefault("6S")
  Duration sessionTimeout();

  /// How often a message is tried before it goes to the dead letters.
  @WithDefault("4")
  int attempts();

  /// The same where a provider failed: a moment's trouble over there shall cost no dead letter, and
  /// what is behind the message shall not wait for ever.
  @WithDefault("10")
  int providerAttempts();

  @WithDefault("200MS")
  Duration backoffFirst();

  @WithDefault("3S")
  Duration backoffMost();

  /// Commands with different keys at the same time, per topic.
  @WithDefault("64")
  int concurrency();
}
