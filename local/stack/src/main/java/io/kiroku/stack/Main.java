package io.kiroku.stack;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs the stack until it is told to stop (SIGTERM), then stops its parts in order.
@Command(
    name = "kiroku-stack",
    mixinStandardHelpOptions = true,
    description = "Kafka, Kafka Connect with Debezium and the MongoDB stand-in, in one JVM.")
public final class Main implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

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
    Runtime.getRuntime().addShutdownHook(new Thread(stack::stop, "stop"));
    stack.start();
    LOG.info("up after {} ms", Duration.ofNanos(System.nanoTime() - started).toMillis());
    new CountDownLatch(1).await();
    return 0;
  }
}
