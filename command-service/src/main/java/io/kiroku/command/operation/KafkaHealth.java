package io.kiroku.command.operation;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/// Whether Kafka answers. It only shows: without Kafka sagas wait, but commands and what they
/// answer do not need it.
@Readiness
@ApplicationScoped
class KafkaHealth implements HealthCheck {
  private static final Duration ANSWER_MOST = Duration.ofSeconds(2);

  private final String bootstrap;
  private @Nullable Admin admin;

  KafkaHealth(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrap) {
    this.bootstrap = bootstrap;
  }

  @Override
  public synchronized HealthCheckResponse call() {
    HealthCheckResponseBuilder response = HealthCheckResponse.named("kafka").up();
    try {
      int nodes =
          client()
              .describeCluster()
              .nodes()
              .get(ANSWER_MOST.toMillis(), TimeUnit.MILLISECONDS)
              .size();
      return response.withData("state", "reached").withData("nodes", nodes).build();
    } catch (ExecutionException | TimeoutException | RuntimeException away) {
      return response.withData("state", "away").withData("error", away.toString()).build();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return response.withData("state", "unknown").build();
    }
  }

  private Admin client() {
    Admin current = admin;
    if (current == null) {
      int answerMost = Math.toIntExact(ANSWER_MOST.toMillis());
      current =
          Admin.create(
              Map.of(
                  AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                  bootstrap,
                  AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  answerMost,
                  AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                  answerMost));
      admin = current;
    }
    return current;
  }

  @PreDestroy
  synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
    }
  }
}
