package io.kiroku.command.participant;

import io.kiroku.command.request.Requests;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/// Hands over what programs ask for, with the time at which the broker got it.
final class RequestMessages implements MessageHandler {
  private final Requests requests;
  private final Clock clock;

  RequestMessages(Requests requests, Clock clock) {
    this.requests = requests;
    this.clock = clock;
  }

  @Override
  public Uni<Void> handle(ConsumerRecord<String, byte[]> message) {
    return requests.handle(message.topic(), message, at(message, clock.instant()));
  }

  /// A time that the sender wrote is not believed: he might have an old token.
  static Instant at(ConsumerRecord<String, byte[]> message, Instant now) {
    return message.timestampType() == TimestampType.LOG_APPEND_TIME
        ? Instant.ofEpochMilli(message.timestamp())
        : now;
  }
}
