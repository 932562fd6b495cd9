package io.kiroku.command.operation;

import io.kiroku.command.backlog.Backlog;
import io.kiroku.command.database.DatabaseSchema;
import io.kiroku.command.logconsumer.Leases;
import io.kiroku.command.logconsumer.LogConsumer;
import io.kiroku.command.logconsumer.LogConsumerConfig;
import io.kiroku.command.outbox.OutboxWatch;
import io.kiroku.command.participant.Participants;
import io.kiroku.command.publisher.Publisher;
import io.kiroku.command.saga.SagaRunner;
import io.kiroku.eventstore.EventLog;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/// Starts everything that runs by itself, once the schema is there, and stops it again.
@ApplicationScoped
public class Engine {
  private static final Logger LOG = Logger.getLogger(Engine.class);
  private static final Duration ANSWER_MOST = Duration.ofSeconds(30);
  private static final Duration AGAIN_AFTER = Duration.ofMillis(500);
  private static final Duration STOP_MOST = Duration.ofSeconds(5);

  private final DatabaseSchema schema;
  private final Participants participants;
  private final Backlog backlog;
  private final OutboxWatch outbox;
  private final List<LogConsumer> consumers;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running;
  private volatile boolean participating;

  Engine(
      DatabaseSchema schema,
      Participants participants,
      Backlog backlog,
      OutboxWatch outbox,
      Publisher publisher,
      SagaRunner sagas,
      EventLog log,
      Leases leases,
      LogConsumerConfig config) {
    this.schema = schema;
    this.participants = participants;
    this.backlog = backlog;
    this.outbox = outbox;
    this.consumers =
        List.of(
            new LogConsumer(publisher, log, leases, config),
            new LogConsumer(sagas, log, leases, config));
  }

  List<LogConsumer> consumers() {
    return consumers;
  }

  boolean isRunning() {
    return running;
  }

  void start(@Observes StartupEvent event) {
    threads.add(Thread.ofVirtual().name("engine").start(this::startAll));
  }

  private void startAll() {
    try {
      while (!isSchemaApplied()) {
        Thread.sleep(AGAIN_AFTER);
      }
      consumers.forEach(LogConsumer::start);
      threads.add(Thread.ofVirtual().name("backlog").start(backlog::measureForEver));
      threads.add(Thread.ofVirtual().name("outbox-watch").start(outbox::lookForEver));
      running = true;
      while (!areParticipantsStarted()) {
        Thread.sleep(AGAIN_AFTER);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isSchemaApplied() {
    try {
      schema.apply().await().atMost(ANSWER_MOST);
      return true;
    } catch (RuntimeException failure) {
      LOG.warnf("schema: %s; trying again", failure);
      return false;
    }
  }

  /// Kafka's client refuses to be made while no broker's name can be resolved.
  private boolean areParticipantsStarted() {
    try {
      participants.start();
      participating = true;
      return true;
    } catch (RuntimeException failure) {
      LOG.warnf("participants: %s; trying again", failure);
      return false;
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    threads.forEach(Thread::interrupt);
    if (participating) {
      participants.stop();
    }
    for (LogConsumer consumer : consumers) {
      consumer.stop(STOP_MOST);
    }
  }
}
