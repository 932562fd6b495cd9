package io.kiroku.chaos.load;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.kiroku.client.ApiException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Whoever gets no clear answer asks again under the same key until he has one, so that in the end
/// it is known what was accepted.
final class Insistence {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final Set<Status.Code> UNCLEAR =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.ABORTED,
          Status.Code.CANCELLED,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Ledger ledger;
  private volatile boolean patient = true;

  Insistence(Ledger ledger) {
    this.ledger = ledger;
  }

  <T> T on(Supplier<T> command) {
    while (true) {
      try {
        return command.get();
      } catch (ApiException e) {
        if (!patient || (e.status() < SERVER_ERROR && e.status() != TOO_MANY_REQUESTS)) {
          throw e;
        }
      } catch (StatusRuntimeException e) {
        if (!patient || !UNCLEAR.contains(e.getStatus().getCode())) {
          throw e;
        }
      }
      ledger.repeated();
      pause();
    }
  }

  /// Looks again and again; fails when patience is over.
  void until(BooleanSupplier done) {
    while (!on(done::getAsBoolean)) {
      if (!patient) {
        throw new IllegalStateException("gave up waiting");
      }
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(PAUSE.toNanos());
  }

  void giveUp() {
    patient = false;
  }
}
