package io.kiroku.job.feed;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;

/// Runs the feed on a thread of its own, and tells whether it has partitions. That is no part of
/// readiness: jobs can be read while Kafka is away, and a second instance may have none to read.
@Wellness
@ApplicationScoped
class FeedLifecycle implements HealthCheck {
  private static final Duration STOP_MOST = Duration.ofSeconds(5);

  private final FulfillmentFeed feed;
  private @Nullable Thread thread;

  FeedLifecycle(FulfillmentFeed feed) {
    this.feed = feed;
  }

  void start(@Observes StartupEvent started) {
    // A platform thread: the Kafka client blocks its carrier while it waits.
    thread = Thread.ofPlatform().name("fulfillment-feed").start(feed);
  }

  void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
    feed.stop();
    Thread running = thread;
    if (running != null) {
      running.join(STOP_MOST);
    }
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("fulfillment-feed").status(feed.isAssigned()).build();
  }
}
