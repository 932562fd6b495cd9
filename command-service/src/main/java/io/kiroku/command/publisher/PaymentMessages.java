package io.kiroku.command.publisher;

import static io.kiroku.command.call.ProtoTime.timestamp;

import com.google.protobuf.Message;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.proto.payment.v1.PaymentCaptured;
import io.kiroku.proto.payment.v1.PaymentDeclined;
import io.kiroku.proto.payment.v1.PaymentRefunded;
import io.kiroku.proto.payment.v1.PaymentVoided;
import java.util.Optional;

/// Which facts of payments are published, and as what.
final class PaymentMessages {
  private PaymentMessages() {}

  static Optional<Published> of(PaymentEvent event) {
    return switch (event) {
      case PaymentEvent.PaymentCaptured e -> {
        var content =
            PaymentCaptured.newBuilder()
                .setOrderId(e.orderId().toString())
                .setAmountMinorUnits(e.amount().minorUnits())
                .setCurrency(e.amount().currency().getCurrencyCode())
                .setProviderReference(e.providerReference())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(),
            content,
            io.kiroku.proto.payment.v1.PaymentEvent.newBuilder().setPaymentCaptured(content));
      }
      case PaymentEvent.PaymentDeclined e -> {
        var content =
            PaymentDeclined.newBuilder()
                .setOrderId(e.orderId().toString())
                .setCode(e.code())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(),
            content,
            io.kiroku.proto.payment.v1.PaymentEvent.newBuilder().setPaymentDeclined(content));
      }
      case PaymentEvent.PaymentRefunded e -> {
        var content =
            PaymentRefunded.newBuilder()
                .setOrderId(e.orderId().toString())
                .setAmountMinorUnits(e.amount().minorUnits())
                .setCurrency(e.amount().currency().getCurrencyCode())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(),
            content,
            io.kiroku.proto.payment.v1.PaymentEvent.newBuilder().setPaymentRefunded(content));
      }
      case PaymentEvent.PaymentVoided e -> {
        var content =
            PaymentVoided.newBuilder()
                .setOrderId(e.orderId().toString())
                .setOccurredAt(timestamp(e.at()))
                .build();
        yield published(
            e.orderId(),
            content,
            io.kiroku.proto.payment.v1.PaymentEvent.newBuilder().setPaymentVoided(content));
      }
      // Intentions: only what came of them is a fact for others.
      case PaymentEvent.PaymentCaptureStarted _, PaymentEvent.PaymentRefundStarted _ ->
          Optional.empty();
      case PaymentEvent.PaymentStepRepeated _ -> Optional.empty();
    };
  }

  private static Optional<Published> published(
      Object key, Message content, io.kiroku.proto.payment.v1.PaymentEvent.Builder envelope) {
    return Optional.of(Published.of(Topics.PAYMENT_EVENTS, key, content, envelope.build()));
  }
}
