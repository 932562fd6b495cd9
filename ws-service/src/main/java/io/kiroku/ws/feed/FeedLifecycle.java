package io.kiroku.ws.feed;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/// Runs the feed on a thread of its own. The service is ready once it reads every partition: a
/// socket opened before could miss what happens next.
@Readiness
@ApplicationScoped
class FeedLifecycle implements HealthCheck {
  private static final Duration STOP_MOST = Duration.ofSeconds(5);

  private final JobEventFeed feed;
  private @Nullable Thread thread;

  FeedLifecycle(JobEventFeed feed) {
    this.feed = feed;
  }

  void start(@Observes StartupEvent started) {
    // A platform thread: the Kafka client blocks its carrier while it waits.
    thread = Thread.ofPlatform().name("job-event-feed").start(feed);
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
    return HealthCheckResponse.named("job-events").status(feed.isAssigned()).build();
  }
}
