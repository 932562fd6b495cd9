package io.kiroku.command.participant;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.command.provider.ProviderFailed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/// What is done with a batch of messages: same key in order, different keys at the same time. Every
/// message ends handled or kept as a dead letter.
final class MessageHandling {
  private static final Logger LOG = Logger.getLogger(MessageHandling.class);

  private final MessageHandler handler;
  private final DeadLetters deadLetters;
  private final ParticipantConfig config;

  MessageHandling(MessageHandler handler, DeadLetters deadLetters, ParticipantConfig config) {
    this.handler = handler;
    this.deadLetters = deadLetters;
    this.config = config;
  }

  /// Completes when every message's effect is durable; never fails, waits for what is down.
  Uni<Void> handleAll(ConsumerRecords<String, byte[]> batch) {
    Map<String, List<ConsumerRecord<String, byte[]>>> byKey = new LinkedHashMap<>();
    batch.forEach(message ->
        byKey.computeIfAbsent(String.valueOf(message.key()), _ -> new ArrayList<>()).add(message));
    return Multi.createFrom()
        .iterable(byKey.values())
        .onItem()
        .transformToUni(ofOneKey ->
            Multi.createFrom()
                .iterable(ofOneKey)
                .onItem()
                .transformToUniAndConcatenate(this::handle)
                .collect()
                .last())
        .merge(config.concurrency())
        .collect()
        .last()
        .replaceWithVoid();
  }

  /// Waits without end for what is down; what fails by itself has a number of attempts.
  private Uni<Void> handle(ConsumerRecord<String, byte[]> message) {
    var failures = new AtomicInteger();
    return Uni.createFrom()
        .deferred(() -> attempt(message))
        .onFailure()
        .invoke(failure -> {
          if (Dependencies.areDown(failure)) {
            LOG.warnf("%s waits: %s", message.topic(), failure);
          } else {
            failures.incrementAndGet();
          }
        })
        .onFailure(failure -> mayPass(failure, failures.get()))
        .retry()
        .withBackOff(config.backoffFirst(), config.backoffMost())
        .indefinitely()
        .onFailure()
        .recoverWithUni(failure -> keep(message, failure, failures.get()));
  }

  private boolean mayPass(Throwable failure, int failures) {
    if (Dependencies.areDown(failure)) {
      return true;
    }
    int attempts =
        failure instanceof ProviderFailed ? config.providerAttempts() : config.attempts();
    return !isHopeless(failure) && failures < attempts;
  }

  private Uni<Void> attempt(ConsumerRecord<String, byte[]> message) {
    try {
      return handler.handle(message);
    } catch (InvalidProtocolBufferException unreadable) {
      return Uni.createFrom().failure(unreadable);
    }
  }

  private Uni<Void> keep(ConsumerRecord<String, byte[]> message, Throwable failure, int tries) {
    return Uni.createFrom()
        .deferred(() -> deadLetters.keep(message, failure, tries))
        .onFailure()
        .retry()
        .withBackOff(config.backoffFirst(), config.backoffMost())
        .indefinitely();
  }

  /// The same bytes will never be read otherwise.
  private static boolean isHopeless(Throwable failure) {
    return failure instanceof UnhandledCommand
        || failure instanceof InvalidProtocolBufferException
        || failure instanceof io.kiroku.service.kafka.MalformedFrame;
  }
}
