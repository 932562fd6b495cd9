package io.kiroku.launcher.platform;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Starts parts side by side, each as soon as what it needs is ready; if one fails or the start is
/// cancelled, stops those that it started itself and leaves the others alone.
final class Starter {
  private final PartRunner runner;
  private final Progress progress;
  private final Map<String, CountDownLatch> settled = new HashMap<>();
  private final Deque<Part> started = new ArrayDeque<>();
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private volatile boolean cancelled;

  Starter(PartRunner runner, Progress progress) {
    this.runner = runner;
    this.progress = progress;
  }

  void start(List<Part> parts) {
    parts.forEach(part -> settled.put(part.name(), new CountDownLatch(1)));
    List<Thread> threads = new ArrayList<>();
    parts.forEach(part -> threads.add(Thread.ofVirtual().start(() -> run(part))));
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      cancel();
      Thread.currentThread().interrupt();
    }
    Exception first = failure.get();
    if (first != null) {
      cancel();
      throw first instanceof PlatformException known
          ? known
          : new PlatformException("start failed: " + first, first);
    }
    if (cancelled) {
      throw new PlatformException("the start was cancelled");
    }
  }

  /// Stops what this start has started so far; what is still to come is not started.
  synchronized void cancel() {
    cancelled = true;
    while (!started.isEmpty()) {
      Part part = started.pop();
      runner.stop(part);
      say(() -> progress.stopped(part.name()));
    }
  }

  private void run(Part part) {
    try {
      for (String needed : part.needs()) {
        CountDownLatch latch = settled.get(needed);
        if (latch != null) {
          latch.await();
        }
      }
      if (!isCancelled()) {
        start(part);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception problem) {
      failure.compareAndSet(null, problem);
    } finally {
      CountDownLatch latch = settled.get(part.name());
      if (latch != null) {
        latch.countDown();
      }
    }
  }

  private void start(Part part) throws Exception {
    long begin = System.nanoTime();
    PartRunner.Waiting waiting = waiting(part);
    boolean ran = runner.adopt(part, waiting);
    if (!ran) {
      part.before().run();
      ProcessIdentity process = spawn(part);
      if (process == null) {
        return;
      }
      runner.complete(part, process, waiting);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    say(() -> progress.ready(part.name(), took, ran));
  }

  private PartRunner.Waiting waiting(Part part) {
    return new PartRunner.Waiting() {
      @Override
      public boolean isCancelled() {
        return Starter.this.isCancelled();
      }

      @Override
      public void hear(String told) {
        say(() -> progress.catchingUp(part.name(), told));
      }
    };
  }

  /// Under the lock that [#cancel()] takes: no process can slip in behind it.
  private synchronized @Nullable ProcessIdentity spawn(Part part) {
    if (isCancelled()) {
      return null;
    }
    started.push(part);
    return runner.spawn(part);
  }

  private boolean isCancelled() {
    return cancelled || failure.get() != null;
  }

  private void say(Runnable message) {
    synchronized (progress) {
      message.run();
    }
  }
}
