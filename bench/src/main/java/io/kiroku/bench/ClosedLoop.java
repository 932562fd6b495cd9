package io.kiroku.bench;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Clients that each begin the next call when the last one has been answered.
public final class ClosedLoop {
  private ClosedLoop() {}

  /// @param samples of every call
  /// @param perSecond calls answered per second, over all clients
  public record Result(Samples samples, double perSecond) {}

  /// Fails with the first call that fails.
  ///
  /// @param call makes what the client with that number repeats
  public static Result run(int clients, Duration length, IntFunction<Runnable> call) {
    var samples = new Samples();
    var failure = new AtomicReference<@Nullable RuntimeException>();
    long begin = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < clients; client++) {
        Runnable calls = call.apply(client);
        threads.execute(() -> repeat(calls, begin + length.toNanos(), samples, failure));
      }
    }
    RuntimeException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    return new Result(samples, samples.count() / seconds);
  }

  private static void repeat(
      Runnable call,
      long untilNanos,
      Samples samples,
      AtomicReference<@Nullable RuntimeException> failure) {
    while (System.nanoTime() < untilNanos && failure.get() == null) {
      long begin = System.nanoTime();
      try {
        call.run();
      } catch (RuntimeException failed) {
        failure.compareAndSet(null, failed);
        return;
      }
      samples.add(System.nanoTime() - begin);
    }
  }
}
