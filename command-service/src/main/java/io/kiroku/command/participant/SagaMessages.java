package io.kiroku.command.participant;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MessageHeaders;
import io.kiroku.service.tracing.Traces;
import io.smallrye.mutiny.Uni;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/// Takes what sagas ask for out of its frame, for a participant.
final class SagaMessages implements MessageHandler {
  private static final Logger LOG = Logger.getLogger(SagaMessages.class);

  private final Participant participant;

  SagaMessages(Participant participant) {
    this.participant = participant;
  }

  @Override
  public Uni<Void> handle(ConsumerRecord<String, byte[]> message)
      throws InvalidProtocolBufferException {
    MessageHeaders headers = MessageHeaders.of(message.headers());
    var frame = ConfluentFraming.unframe(message.value());
    return participant
        .handle(new CommandMessage(headers, frame.payload()))
        .invoke(() -> log(headers, message));
  }

  private static void log(MessageHeaders headers, ConsumerRecord<String, byte[]> message) {
    if (LOG.isInfoEnabled()) {
      Traces.within(
          headers.traceparent(),
          "handled " + headers.type(),
          () -> LOG.infof("%s of %s handled", headers.type(), message.key()));
    }
  }
}
