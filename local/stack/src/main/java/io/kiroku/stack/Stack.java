package io.kiroku.stack;

import io.kiroku.provider.simulator.ProviderSimulator;
import io.kiroku.stack.mongo.MongoStandIn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts the parts in the order they need each other and stops them in reverse.
final class Stack {
  private static final Logger LOG = LoggerFactory.getLogger(Stack.class);

  private final StackOptions options;
  private final Deque<Runnable> stops = new ArrayDeque<>();

  Stack(StackOptions options) {
    this.options = options;
  }

  synchronized void start() throws Exception {
    CompletableFuture<MongoStandIn> mongo = CompletableFuture.supplyAsync(this::mongo);
    var providers = ProviderSimulator.open(providerSettings());
    stops.push(() -> close(providers));
    KafkaBroker broker = KafkaBroker.start(options);
    stops.push(broker::stop);
    KafkaTopics.create(options);
    LOG.info("Kafka listens on port {}", options.kafkaPort);
    ConnectWorker connect = ConnectWorker.start(options);
    stops.push(connect::stop);
    LOG.info("Kafka Connect listens on port {}", options.connectPort);
    stops.push(join(mongo)::stop);
    var connector = new OutboxConnector(options);
    Thread watcher = Thread.ofPlatform().daemon().name("outbox-connector").start(connector);
    stops.push(watcher::interrupt);
    stops.push(HealthEndpoint.open(options.healthPort, connector::state)::close);
  }

  synchronized void stop() {
    while (!stops.isEmpty()) {
      try {
        stops.pop().run();
      } catch (RuntimeException failure) {
        LOG.warn("a part did not stop cleanly", failure);
      }
    }
  }

  private ProviderSimulator.Settings providerSettings() {
    return ProviderSimulator.Settings.standard(
        options.providerPort, options.data.resolve("providers").resolve("book.jsonl"));
  }

  private static void close(ProviderSimulator providers) {
    try {
      providers.close();
    } catch (IOException unsaved) {
      throw new UncheckedIOException(unsaved);
    }
  }

  private MongoStandIn mongo() {
    try {
      return MongoStandIn.start(
          options.data.resolve("mongo"), StackOptions.HOST, options.mongoPort);
    } catch (IOException unusable) {
      throw new UncheckedIOException(unusable);
    }
  }

  private static <T> T join(CompletableFuture<T> part) throws Exception {
    try {
      return part.get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    }
  }
}
