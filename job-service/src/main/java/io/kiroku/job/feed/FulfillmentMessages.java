package io.kiroku.job.feed;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kiroku.job.store.JobAction;
import io.kiroku.job.store.JobChange.Progress;
import io.kiroku.job.store.Times;
import io.kiroku.proto.fulfillment.v1.FulfillmentEvent;
import io.kiroku.service.kafka.ConfluentFraming;
import io.kiroku.service.kafka.MessageHeaders;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Reads what a fulfillment says about its job.
final class FulfillmentMessages {
  private FulfillmentMessages() {}

  /// Fails with [PoisonMessage] if this is no such message; it will be none the next time either.
  static Progress read(ConsumerRecord<String, byte[]> message) {
    byte[] value = message.value();
    if (value == null) {
      throw new PoisonMessage("no value");
    }
    try {
      return progress(
          FulfillmentEvent.parseFrom(ConfluentFraming.unframe(value).payload()),
          MessageHeaders.of(message.headers()));
    } catch (InvalidProtocolBufferException | RuntimeException unreadable) {
      throw new PoisonMessage("unreadable: " + unreadable.getMessage(), unreadable);
    }
  }

  private static Progress progress(FulfillmentEvent event, MessageHeaders headers) {
    Told told = told(event);
    return new Progress(
        UUID.fromString(event.getJobId()).toString(),
        event.getUserId(),
        headers.tenant(),
        Times.instant(event.getOccurredAt()),
        headers.traceparent(),
        event.getOrderId(),
        headers.revision(),
        told.action(),
        told.step(),
        told.code(),
        told.token(),
        told.steps(),
        headers.id().toString(),
        headers.logPosition());
  }

  private static Told told(FulfillmentEvent event) {
    return switch (event.getEventCase()) {
      case STARTED -> new Told(JobAction.STARTED, "", "", "", event.getStarted().getStepsList());
      case STEP_REQUESTED ->
          Told.of(JobAction.STEP_REQUESTED, event.getStepRequested().getStep(), "");
      case STEP_COMPLETED ->
          Told.of(JobAction.STEP_COMPLETED, event.getStepCompleted().getStep(), "");
      case STEP_FAILED -> {
        var failed = event.getStepFailed();
        yield Told.of(JobAction.STEP_FAILED, failed.getStep(), failed.getCode());
      }
      case COMPENSATION_REQUESTED -> {
        var requested = event.getCompensationRequested();
        yield Told.of(JobAction.COMPENSATION_REQUESTED, requested.getStep(), requested.getCode());
      }
      case COMPENSATION_COMPLETED ->
          Told.of(JobAction.COMPENSATION_COMPLETED, event.getCompensationCompleted().getStep(), "");
      case COMPLETED ->
          Told.ended(JobAction.COMPLETED, "", "", event.getCompleted().getConsistencyToken());
      case COMPENSATED -> {
        var undone = event.getCompensated();
        yield Told.ended(
            JobAction.COMPENSATED,
            undone.getFailedStep(),
            undone.getCode(),
            undone.getConsistencyToken());
      }
      case STUCK ->
          Told.of(JobAction.STUCK, event.getStuck().getStep(), event.getStuck().getCode());
      // Appended to the contract after this service was built: its revision is simply not seen.
      case EVENT_NOT_SET -> throw new PoisonMessage("an event that this version does not know");
    };
  }

  private record Told(
      JobAction action, String step, String code, String token, List<String> steps) {
    static Told of(JobAction action, String step, String code) {
      return new Told(action, step, code, "", List.of());
    }

    static Told ended(JobAction action, String step, String code, String token) {
      return new Told(action, step, code, token, List.of());
    }
  }
}
