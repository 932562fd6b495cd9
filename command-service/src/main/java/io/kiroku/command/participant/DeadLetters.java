package io.kiroku.command.participant;

import io.kiroku.service.kafka.MessageHeaders;
import io.kiroku.service.kafka.Sends;
import io.smallrye.mutiny.Uni;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jboss.logging.Logger;

/// Keeps what could not be handled, as it came, with the reason beside it.
public final class DeadLetters {
  /// Of the topics.
  public static final String SUFFIX = ".dlt";

  /// All headers that are added begin so.
  public static final String PREFIX = "dlt-";

  /// Code of the refusal, or name of the failure.
  public static final String REASON = PREFIX + "reason";

  public static final String ERROR = PREFIX + "error";

  /// How often the message was tried.
  public static final String TRIES = PREFIX + "tries";

  /// When a program's message came, in milliseconds since 1970, if the broker said so.
  public static final String AT = PREFIX + "at-millis";

  /// `topic/partition/offset`.
  static final String ORIGIN = PREFIX + "origin";

  private static final Logger LOG = Logger.getLogger(DeadLetters.class);

  private final Producer<String, byte[]> producer;

  DeadLetters(Producer<String, byte[]> producer) {
    this.producer = producer;
  }

  /// Completes when the brokers have it; only then may the original be acknowledged.
  Uni<Void> keep(ConsumerRecord<String, byte[]> message, Throwable failure, int tries) {
    ProducerRecord<String, byte[]> letter =
        new ProducerRecord<>(
            message.topic() + SUFFIX, null, message.key(), message.value(), message.headers());
    MessageHeaders.put(letter.headers(), REASON, reason(failure));
    MessageHeaders.put(letter.headers(), ERROR, String.valueOf(failure));
    MessageHeaders.put(letter.headers(), TRIES, Integer.toString(tries));
    MessageHeaders.put(
        letter.headers(),
        ORIGIN,
        message.topic() + "/" + message.partition() + "/" + message.offset());
    if (message.timestampType() == TimestampType.LOG_APPEND_TIME) {
      MessageHeaders.put(letter.headers(), AT, Long.toString(message.timestamp()));
    }
    LOG.errorf(failure, "%s of %s goes to the dead letters", message.topic(), message.key());
    return Sends.send(producer, letter);
  }

  private static String reason(Throwable failure) {
    return failure instanceof UnhandledCommand unhandled
        ? unhandled.code()
        : failure.getClass().getSimpleName();
  }
}
