package io.kiroku.job.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kiroku.job.store.Times;
import io.kiroku.proto.job.v1.JobEvent;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MessageHeaders;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// One entry of an outbox, as `change-job.lua` wrote it.
///
/// @param id of the stream's entry
record OutboxEntry(String outbox, String id, Map<String, String> fields) {
  // An opening of a job comes from no log.
  private static final long NO_POSITION = -1;

  ProducerRecord<String, byte[]> message(String topic, int schemaId) {
    JobEvent event = event();
    var message =
        new ProducerRecord<>(topic, event.getJobId(), ConfluentFraming.frame(schemaId, event));
    headers(event).writeTo(message.headers());
    return message;
  }

  private JobEvent event() {
    return JobEvent.newBuilder()
        .setJobId(text("job"))
        .setUserId(text("user"))
        .setKind(text("kind"))
        .setSubjectId(text("subject"))
        .setSequence(number("sequence", 0))
        .setState(text("state"))
        .setProgress((int) number("progress", 0))
        .setAction(text("action"))
        .setStep(text("step"))
        .setCode(text("code"))
        .setConsistencyToken(text("token"))
        .setOccurredAt(Times.timestamp(number("at", 0)))
        .build();
  }

  private MessageHeaders headers(JobEvent event) {
    String stream = "job-" + event.getJobId();
    UUID job = UUID.fromString(event.getJobId());
    String cause = text("cause");
    return new MessageHeaders(
        // The same entry sent again is the same message.
        UUID.nameUUIDFromBytes((stream + "/" + event.getSequence()).getBytes(UTF_8)),
        event.getAction(),
        stream,
        event.getSequence(),
        number("position", NO_POSITION),
        job,
        cause.isEmpty() ? job : UUID.fromString(cause),
        text("tenant"),
        traceparent());
  }

  private @Nullable String traceparent() {
    return text("traceparent").isEmpty() ? null : text("traceparent");
  }

  private String text(String name) {
    return fields.getOrDefault(name, "");
  }

  private long number(String name, long ifMissing) {
    return text(name).isEmpty() ? ifMissing : Long.parseLong(text(name));
  }
}
