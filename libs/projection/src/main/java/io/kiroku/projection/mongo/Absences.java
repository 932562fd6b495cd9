package io.kiroku.projection.mongo;

import com.mongodb.event.ServerDescriptionChangedEvent;
import com.mongodb.event.ServerListener;
import java.util.concurrent.atomic.AtomicLong;

/// Counts how often a client lost one of its servers, also where nobody asked it anything
/// meanwhile: the driver's own heartbeat notices, every 10 seconds unless set otherwise.
public final class Absences implements ServerListener {
  private final AtomicLong count = new AtomicLong();

  @Override
  public void serverDescriptionChanged(ServerDescriptionChangedEvent event) {
    if (event.getPreviousDescription().isOk() && !event.getNewDescription().isOk()) {
      count.incrementAndGet();
    }
  }

  public long count() {
    return count.get();
  }
}
