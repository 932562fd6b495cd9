package io.kiroku.stack;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.utils.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs the stack until it is told to stop (SIGTERM), then stops its parts in order.
@Command(
    name = "kiroku-stack",
    mixinStandardHelpOptions = true,
    description =
        "Kafka, Kafka Connect with Debezium, the MongoDB stand-in and the provider simulator.")
public final class Main implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private static final Duration STOP_BOUND = Duration.ofSeconds(8);

  @Mixin private StackOptions options = new StackOptions();

  private Main() {}

  /// Starts the stack with the given options; the process exits with 1 if a part cannot start.
  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    long started = System.nanoTime();
    var stack = new Stack(options);
    // Kafka and Connect would each add a hook of their own, and hooks run side by side: the broker
    // could be gone while Connect still flushes.
    Exit.setShutdownHookAdder((_, _) -> {});
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop"));
    stack.start();
    LOG.info("up after {} ms", Duration.ofNanos(System.nanoTime() - started).toMillis());
    new CountDownLatch(1).await();
    return 0;
  }

  /// Bounded: Jetty, inside Connect, has been seen to wait for ever when stopped soon after its
  /// start. What is lost by halting is what a crash would lose, which is nothing.
  private static void stop(Stack stack) {
    Thread orderly = Thread.ofPlatform().daemon().start(stack::stop);
    try {
      if (!orderly.join(STOP_BOUND)) {
        LOG.warn("did not stop within {} s: halts", STOP_BOUND.toSeconds());
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
