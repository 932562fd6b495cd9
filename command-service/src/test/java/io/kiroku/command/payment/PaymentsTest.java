package io.kiroku.command.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.kiroku.command.events.StoredEvents;
import io.kiroku.eventstore.CommandContext;
import io.kiroku.eventstore.CommandHandler;
import io.kiroku.eventstore.HandlerLimits;
import io.kiroku.eventstore.InMemoryEventStore;
import io.kiroku.eventstore.OlderCommands;
import io.kiroku.eventstore.PersonKeys;
import io.kiroku.eventstore.Snapshots;
import io.kiroku.eventstore.StreamId;
import io.kiroku.payment.Payment;
import io.kiroku.payment.PaymentCommand;
import io.kiroku.payment.PaymentDecider;
import io.kiroku.payment.PaymentEvent;
import io.kiroku.samples.Samples;
import io.kiroku.shared.Money;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What happens to the customer's money when messages come late and again.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PaymentsTest {
  private static final Money AMOUNT = Money.yen(3_000);
  private static final StreamId STREAM = StreamId.of("payment", Samples.ORDER.toString());

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final CommandHandler<PaymentCommand, Payment, PaymentEvent> handler = handler();
  private final TillProvider provider = new TillProvider();
  private final Payments payments = new Payments(handler, provider, Clock.systemUTC());
  private final CommandContext capture = request();

  @Test
  void trap_27_a_dead_lettered_capture_redriven_after_compensation_takes_no_money() {
    provider.broken = true;
    assertThatIllegalStateException().isThrownBy(this::capture);
    provider.broken = false;

    await(payments.refund(Samples.ORDER, request()));
    capture();

    assertThat(provider.calls).containsExactly("void");
    assertThat(state()).isInstanceOf(Payment.Voided.class);
  }

  @Test
  void trap_27_so_it_is_on_an_instance_that_remembers_nothing() {
    provider.broken = true;
    assertThatIllegalStateException().isThrownBy(this::capture);
    provider.broken = false;
    await(payments.refund(Samples.ORDER, request()));

    await(
        new Payments(handler(), provider, Clock.systemUTC())
            .capture(Samples.ORDER, AMOUNT, "tok_ok", capture));

    assertThat(provider.calls).containsExactly("void");
  }

  @Test
  void a_capture_interrupted_before_the_answer_goes_on_when_it_comes_again() {
    provider.broken = true;
    assertThatIllegalStateException().isThrownBy(this::capture);
    provider.broken = false;

    capture();

    assertThat(provider.calls).containsExactly("capture");
    assertThat(state()).isInstanceOf(Payment.Captured.class);
  }

  @Test
  void a_capture_answered_after_the_refund_is_given_back() {
    provider.beforeAnswer = payments.refund(Samples.ORDER, request());

    capture();

    assertThat(provider.calls).containsExactly("void", "capture", "refund");
    assertThat(state()).isInstanceOf(Payment.Refunded.class);
  }

  @Test
  void a_capture_that_comes_again_after_all_takes_no_money_twice() {
    capture();
    capture();
    await(payments.refund(Samples.ORDER, request()));
    capture();

    assertThat(provider.calls).containsExactly("capture", "refund");
    assertThat(state()).isInstanceOf(Payment.Refunded.class);
  }

  private void capture() {
    await(payments.capture(Samples.ORDER, AMOUNT, "tok_ok", capture));
  }

  private Payment state() {
    return await(handler.load(STREAM)).state();
  }

  private CommandHandler<PaymentCommand, Payment, PaymentEvent> handler() {
    return new CommandHandler<>(
        new PaymentDecider(),
        StoredEvents.codec(PersonKeys.NONE),
        store,
        Snapshots.none(Payment.class),
        OlderCommands.scanning(store),
        HandlerLimits.DEFAULT);
  }

  private static CommandContext request() {
    UUID id = UUID.randomUUID();
    return new CommandContext(id, "", "user-1", "default", id, id, "saga", null, null);
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(Duration.ofSeconds(5));
  }

  /// Counts what moves money.
  private static final class TillProvider implements PaymentProvider {
    private final List<String> calls = new ArrayList<>();
    private boolean broken;
    private Uni<Void> beforeAnswer = Uni.createFrom().voidItem();

    @Override
    public Uni<CaptureAnswer> capture(String idempotencyKey, Money amount, String token) {
      if (broken) {
        return Uni.createFrom().failure(new IllegalStateException("broken"));
      }
      return beforeAnswer.map(_ -> {
        calls.add("capture");
        return new CaptureAnswer.Captured("paid-" + idempotencyKey);
      });
    }

    @Override
    public Uni<Void> refund(String idempotencyKey, String reference, Money amount) {
      calls.add("refund");
      return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> voidCapture(String idempotencyKey) {
      calls.add("void");
      return Uni.createFrom().voidItem();
    }
  }
}
