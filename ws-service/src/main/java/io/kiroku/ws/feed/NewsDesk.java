package io.kiroku.ws.feed;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.proto.job.v1.JobEvent;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MessageHeaders;
import io.kiroku.service.tracing.Traces;
import io.kiroku.ws.following.Told;
import io.kiroku.ws.protocol.JobNews;
import io.kiroku.ws.socket.Session;
import io.kiroku.ws.socket.Watchers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Hands each event to the sockets that follow its job, in one go per socket and batch. An event
/// that nobody here follows is not even parsed, but for the last one of its job, which is logged.
@ApplicationScoped
class NewsDesk {
  private static final Logger LOG = Logger.getLogger(NewsDesk.class);
  private static final Set<String> LAST_ACTIONS =
      Set.of("completed", "compensated", "rejected", "stuck");

  private final Watchers watchers;
  private final Counter told;
  private final Counter unreadable;

  NewsDesk(Watchers watchers, MeterRegistry metrics) {
    this.watchers = watchers;
    this.told = metrics.counter("kiroku.ws.events.told");
    this.unreadable = metrics.counter("kiroku.ws.events.unreadable");
  }

  void tell(Iterable<ConsumerRecord<String, byte[]>> records) {
    Map<Session, List<Told>> bySession = new HashMap<>();
    for (ConsumerRecord<String, byte[]> each : records) {
      Set<Session> listeners = watchers.of(String.valueOf(each.key()));
      boolean last = isLast(each);
      if (listeners.isEmpty() && !last) {
        continue;
      }
      String traceparent = MessageHeaders.text(each.headers(), MessageHeaders.TRACEPARENT);
      JobNews news = read(each, traceparent);
      if (news == null) {
        continue;
      }
      if (last) {
        log(news, listeners.size(), traceparent);
      }
      if (!listeners.isEmpty()) {
        Told text = Told.of(news);
        listeners.forEach(to -> bySession.computeIfAbsent(to, _ -> new ArrayList<>()).add(text));
        told.increment(listeners.size());
      }
    }
    bySession.forEach(Session::deliver);
  }

  private static boolean isLast(ConsumerRecord<String, byte[]> each) {
    String action = MessageHeaders.text(each.headers(), MessageHeaders.TYPE);
    return action != null && LAST_ACTIONS.contains(action);
  }

  // A message that cannot be read harms nobody but itself: whoever follows its job misses a
  // sequence, and asks job-service.
  private @Nullable JobNews read(
      ConsumerRecord<String, byte[]> each, @Nullable String traceparent) {
    try {
      return JobNews.of(
          JobEvent.parseFrom(ConfluentFraming.unframe(each.value()).payload()), traceparent);
    } catch (InvalidProtocolBufferException | RuntimeException broken) {
      unreadable.increment();
      LOG.errorf(broken, "Unreadable: %s/%d/%d", each.topic(), each.partition(), each.offset());
      return null;
    }
  }

  private static void log(JobNews news, int listeners, @Nullable String traceparent) {
    Traces.within(
        traceparent,
        "job-event " + news.action(),
        () ->
            LOG.infof(
                "Job %s %s (%s), told to %d sockets",
                news.jobId(), news.state(), news.action(), listeners));
  }
}
